package io.parix.backup.engine.doctor;

import io.parix.backup.engine.intake.JobIds;
import io.parix.backup.engine.provider.ProviderSessions;
import io.parix.backup.spi.catalog.Catalog;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * What examinations work with.
 *
 * @param catalog its clock, and which installation this is
 * @param sessions opens places
 * @param ids names examinations
 * @param callTimeout the longest that one call of a provider may take
 * @param nanos this process's clock, which only goes forward
 */
public record DoctorParts(
        Catalog catalog, ProviderSessions sessions, JobIds ids, Duration callTimeout, LongSupplier nanos) {}
