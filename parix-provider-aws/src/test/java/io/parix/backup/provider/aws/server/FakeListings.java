package io.parix.backup.provider.aws.server;

import static io.parix.backup.provider.aws.server.FakeAnswer.element;

import io.parix.backup.provider.aws.server.FakeBucket.Wrong;
import java.io.ByteArrayInputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** What S3 does with many objects. */
final class FakeListings {
    private FakeListings() {}

    /** A version under its key. */
    private record Entry(String key, FakeVersion version, boolean newest) {}

    static FakeAnswer objects(FakeBucket bucket, FakeRequest request) {
        String after = request.parameter("continuation-token").isEmpty()
                ? request.parameter("start-after")
                : request.parameter("continuation-token").substring("after-".length());
        int most = most(request);
        List<Entry> found = entries(bucket, request.parameter("prefix"), after).stream()
                .filter(each -> each.newest() && !each.version().isMarker())
                .toList();
        List<Entry> page = new ArrayList<>(found.subList(0, Math.min(most, found.size())));
        boolean more = page.size() < found.size() && !bucket.gets(Wrong.SHORT);
        StringBuilder xml = new StringBuilder(asked(request))
                .append(name(request, "StartAfter", request.parameter("start-after")))
                .append(element("ContinuationToken", request.parameter("continuation-token")))
                .append(element("IsTruncated", more))
                .append(element("KeyCount", page.size()));
        if (more) {
            xml.append(element(
                    "NextContinuationToken",
                    "after-" + page.get(page.size() - 1).key()));
        }
        if (bucket.gets(Wrong.UNSORTED)) {
            Collections.reverse(page);
        }
        page.forEach(each -> xml.append("<Contents>")
                .append(name(request, "Key", each.key()))
                .append(element("LastModified", each.version().created()))
                .append(element("Size", each.version().bytes().length))
                .append("</Contents>"));
        return FakeAnswer.xml("ListBucketResult", xml.toString());
    }

    static FakeAnswer versions(FakeBucket bucket, FakeRequest request) {
        List<Entry> found = entries(bucket, request.parameter("prefix"), "");
        String key = request.parameter("key-marker");
        String id = request.parameter("version-id-marker");
        int from = 0;
        while (from < found.size() && !isBehind(found, from, key, id)) {
            from++;
        }
        List<Entry> page = found.subList(from, Math.min(from + most(request), found.size()));
        boolean more = from + page.size() < found.size();
        StringBuilder xml = new StringBuilder(asked(request))
                .append(name(request, "KeyMarker", key))
                .append(element("VersionIdMarker", id))
                .append(element("IsTruncated", more));
        if (more) {
            Entry last = page.get(page.size() - 1);
            xml.append(name(request, "NextKeyMarker", last.key()))
                    .append(element("NextVersionIdMarker", last.version().id()));
        }
        page.forEach(each -> xml.append(each.version().isMarker() ? "<DeleteMarker>" : "<Version>")
                .append(name(request, "Key", each.key()))
                .append(element("VersionId", each.version().id()))
                .append(element("IsLatest", each.newest()))
                .append(element("LastModified", each.version().created()))
                .append(each.version().isMarker() ? "</DeleteMarker>" : "</Version>"));
        return FakeAnswer.xml("ListVersionsResult", xml.toString());
    }

    /** What each listing repeats of its request. */
    private static String asked(FakeRequest request) {
        String encoding = request.parameter("encoding-type");
        return element("Name", request.bucket())
                + name(request, "Prefix", request.parameter("prefix"))
                + (encoding.isEmpty() ? "" : element("EncodingType", encoding));
    }

    /** A name as it was asked for: as it is, which XML may not know, or encoded. */
    private static String name(FakeRequest request, String element, String value) {
        return element(
                element,
                request.parameter("encoding-type").equals("url")
                        ? URLEncoder.encode(value, StandardCharsets.UTF_8).replace("%2F", "/")
                        : value);
    }

    /** Of the marker's own key those come that follow the marker's version; of none is none left out. */
    private static boolean isBehind(List<Entry> all, int index, String key, String id) {
        int order = all.get(index).key().compareTo(key);
        if (order != 0 || id.isEmpty()) {
            return order > 0;
        }
        return all.subList(0, index).stream()
                .anyMatch(each -> each.key().equals(key) && each.version().id().equals(id));
    }

    private static List<Entry> entries(FakeBucket bucket, String prefix, String after) {
        List<Entry> entries = new ArrayList<>();
        bucket.after(after).forEach((key, versions) -> {
            for (int i = 0; i < versions.size() && key.startsWith(prefix); i++) {
                entries.add(new Entry(key, versions.get(i), i == 0));
            }
        });
        return entries;
    }

    private static int most(FakeRequest request) {
        return request.parameter("max-keys").isEmpty() ? 1_000 : Integer.parseInt(request.parameter("max-keys"));
    }

    /** Deletes each key by itself; a plain deletion only hides it. */
    static FakeAnswer delete(FakeS3 server, FakeBucket bucket, FakeRequest request, Predicate<String> allowed) {
        BiFunction<String, String, String> outcome = (key, id) -> {
            if (!server.refusal(key).isEmpty()) {
                return server.refusal(key);
            }
            if (!allowed.test(id.isEmpty() ? "s3:DeleteObject" : "s3:DeleteObjectVersion")) {
                return "AccessDenied";
            }
            if (id.isEmpty()) {
                bucket.hide(key, server.now());
                return "";
            }
            boolean locked = bucket.version(key, id)
                    .filter(version -> version.isLocked(server.now()))
                    .isPresent();
            if (!locked) {
                bucket.remove(key, id);
            }
            return locked ? "AccessDenied" : "";
        };
        StringBuilder xml = new StringBuilder();
        for (Map.Entry<String, String> each : named(request.body().get())) {
            String code = outcome.apply(each.getKey(), each.getValue());
            String name = element("Key", each.getKey())
                    + (each.getValue().isEmpty() ? "" : element("VersionId", each.getValue()));
            xml.append(
                    code.isEmpty()
                            ? "<Deleted>" + name + "</Deleted>"
                            : "<Error>" + name + element("Code", code) + element("Message", "As it says.")
                                    + "</Error>");
        }
        return FakeAnswer.xml("DeleteResult", xml.toString());
    }

    private static List<Map.Entry<String, String>> named(byte[] body) {
        try {
            NodeList objects = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new ByteArrayInputStream(body))
                    .getElementsByTagName("Object");
            List<Map.Entry<String, String>> named = new ArrayList<>();
            for (int i = 0; i < objects.getLength(); i++) {
                Element object = (Element) objects.item(i);
                named.add(Map.entry(text(object, "Key"), text(object, "VersionId")));
            }
            return named;
        } catch (Exception e) {
            throw new IllegalStateException("This is not a list of keys", e);
        }
    }

    private static String text(Element parent, String name) {
        NodeList found = parent.getElementsByTagName(name);
        return found.getLength() == 0 ? "" : found.item(0).getTextContent();
    }
}
