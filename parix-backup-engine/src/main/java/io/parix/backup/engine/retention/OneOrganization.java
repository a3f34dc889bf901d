package io.parix.backup.engine.retention;

import io.parix.backup.Actor;
import io.parix.backup.DatabaseId;
import io.parix.backup.OrganizationId;
import io.parix.backup.Role;
import io.parix.backup.host.Organizations;
import io.parix.backup.spi.catalog.Catalog;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The organizations of a host that has none: all databases belong to one, and whoever calls owns it, for the host has checked
 * before.
 *
 * @param catalog knows the databases
 */
public record OneOrganization(Catalog catalog) implements Organizations {
    private static final int PAGE = 1_000;

    @Override
    public OrganizationId of(DatabaseId database) {
        return OrganizationId.EVERYBODY;
    }

    @Override
    public List<DatabaseId> databases(OrganizationId organization) {
        List<DatabaseId> all = new ArrayList<>();
        if (organization.equals(OrganizationId.EVERYBODY)) {
            List<DatabaseId> page = catalog.databases(null, PAGE);
            while (!page.isEmpty()) {
                all.addAll(page);
                page = page.size() < PAGE ? List.of() : catalog.databases(page.get(PAGE - 1), PAGE);
            }
        }
        return all;
    }

    @Override
    public Optional<Role> role(Actor actor, OrganizationId organization) {
        return Optional.of(Role.OWNER);
    }
}
