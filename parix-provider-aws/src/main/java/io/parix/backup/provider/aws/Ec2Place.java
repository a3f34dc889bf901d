package io.parix.backup.provider.aws;

import io.parix.backup.provider.aws.AwsConfig.Volumes;
import io.parix.backup.spi.CallContext;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.ProviderException;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.Ec2ClientBuilder;

/** EC2 as an opened place talks to it. */
final class Ec2Place {
    private final AwsPlace place;
    private final Ec2Client ec2;
    private final AwsErrors errors;

    private Ec2Place(AwsPlace place, Ec2Client ec2) {
        this.place = place;
        this.ec2 = ec2;
        this.errors = AwsErrors.ofEc2(place.clock());
    }

    /** Makes a client, which closes with the place. Nothing connects. */
    static Ec2Place open(AwsPlace place, Volumes volumes) {
        Ec2ClientBuilder builder = Ec2Client.builder()
                .region(Region.of(volumes.region()))
                .credentialsProvider(place.credentials())
                .httpClientBuilder(AwsClients.http(place.config().transport()))
                .overrideConfiguration(AwsClients.attempts());
        Optional.ofNullable(volumes.endpoint()).ifPresent(builder::endpointOverride);
        Ec2Client ec2 = builder.build();
        place.closesAlso(ec2);
        return new Ec2Place(place, ec2);
    }

    InstantSource clock() {
        return place.clock();
    }

    /** {@return the tags that the settings give to everything} */
    Map<String, String> tags() {
        return place.config().writing().tags();
    }

    AwsCall begin(CallContext context, String doing) {
        return place.begin(context, doing, "");
    }

    /**
     * Asks for something that changes nothing.
     *
     * @param call its call, with the permission that it needs
     * @param request what to ask; is given what every request carries
     */
    <T> T ask(AwsCall call, Request<T> request) {
        try {
            return request.of(ec2, call.limits());
        } catch (RuntimeException e) {
            throw errors.of(call, e);
        }
    }

    /** The same for something that may be done though no answer comes, of which nothing need be remembered. */
    <T> T change(AwsCall call, Request<T> request) {
        return change(call, request, () -> {});
    }

    /**
     * Asks for something that may be done though no answer comes.
     *
     * @param call its call, with the permission that it needs
     * @param request what to ask; is given what every request carries
     * @param lost told where it may be done; not where the request was never sent
     */
    <T> T change(AwsCall call, Request<T> request, Runnable lost) {
        SendMark mark = new SendMark();
        AwsRequestOverrideConfiguration limits = mark.on(call.limits());
        try {
            return request.of(ec2, limits);
        } catch (RuntimeException e) {
            if (!mark.mayBeHeard(e)) {
                throw errors.of(call, e);
            }
            ProviderException heard = errors.ofSent(call, e);
            if (heard.kind() == ErrorKind.OUTCOME_UNKNOWN || heard.kind() == ErrorKind.CANCELLED) {
                lost.run();
            }
            throw heard;
        }
    }

    /** One request. */
    @FunctionalInterface
    interface Request<T> {
        T of(Ec2Client ec2, AwsRequestOverrideConfiguration limits);
    }

    /**
     * Asks page by page.
     *
     * @param call its call
     * @param page asks for one page, after a token or from the start
     * @param next the token in it
     * @param each is given every page
     */
    <P> void pages(AwsCall call, Page<P> page, Function<P, String> next, Consumer<P> each) {
        String token = null;
        do {
            String from = token;
            P got = ask(call, (client, limits) -> page.of(client, limits, from));
            each.accept(got);
            token = next.apply(got);
            if (token != null && token.equals(from)) {
                throw new ProviderException(
                        ErrorKind.UNAVAILABLE, "Failed " + call.doing() + ": EC2 answered one page for ever.");
            }
        } while (token != null && !token.isEmpty());
    }

    /** One page. */
    @FunctionalInterface
    interface Page<P> {
        P of(Ec2Client ec2, AwsRequestOverrideConfiguration limits, @Nullable String token);
    }
}
