package io.parix.backup.servers.gcs;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Batches: requests in the parts of one, each with its answer ("Batch requests" of the reference). */
final class FakeBatch {
    private static final String BOUNDARY = "batch_fake";
    private static final int MOST = 100;

    private FakeBatch() {}

    static FakeAnswer of(FakeRequest request, Function<FakeRequest, FakeAnswer> answer) {
        Optional<List<Multipart.Part>> parts =
                Multipart.read(request.header("content-type"), request.body().get());
        if (parts.isEmpty()) {
            return FakeAnswer.error(400, "parseError");
        }
        if (parts.get().size() > MOST) {
            return FakeAnswer.error(400, "badRequest");
        }
        List<Multipart.Part> answers = new ArrayList<>();
        for (Multipart.Part each : parts.get()) {
            byte[] content = line(answer.apply(read(each.content().get())));
            answers.add(new Multipart.Part(
                    Map.of(
                            "Content-Type",
                            "application/http",
                            "Content-ID",
                            "<response-" + each.headers().getOrDefault("content-id", "") + ">"),
                    () -> content));
        }
        return FakeAnswer.of(
                200,
                Map.of("Content-Type", "multipart/mixed; boundary=" + BOUNDARY),
                Multipart.write(BOUNDARY, answers));
    }

    /** {@return the request in a part, whose address may be whole} */
    private static FakeRequest read(byte[] content) {
        String text = new String(content, StandardCharsets.UTF_8);
        String[] line = text.substring(0, text.indexOf("\r\n")).split(" ", -1);
        return FakeRequest.of(
                line[0], URI.create(line[1]), Multipart.part(content).headers(), new byte[0]);
    }

    private static byte[] line(FakeAnswer answer) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] body = answer.body().get();
        Multipart.text(out, "HTTP/1.1 " + answer.status() + " As It Is\r\n");
        answer.headers().forEach((name, value) -> Multipart.text(out, name + ": " + value + "\r\n"));
        Multipart.text(out, "Content-Length: " + body.length + "\r\n\r\n");
        out.writeBytes(body);
        return out.toByteArray();
    }
}
