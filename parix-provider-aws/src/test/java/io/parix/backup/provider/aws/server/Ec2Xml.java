package io.parix.backup.provider.aws.server;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Writes the XML of EC2's answers. */
final class Ec2Xml {
    private static final String NAMESPACE = "http://ec2.amazonaws.com/doc/2016-11-15/";
    private static final XMLOutputFactory FACTORY = XMLOutputFactory.newInstance();

    private final XMLStreamWriter writer;

    private Ec2Xml(XMLStreamWriter writer) {
        this.writer = writer;
    }

    /** {@return the answer to an action} */
    static FakeAnswer answer(String action, Consumer<Ec2Xml> content) {
        return of(200, action + "Response", NAMESPACE, Map.of(), xml -> {
            xml.text("requestId", "request-1");
            content.accept(xml);
        });
    }

    /** {@return an error} */
    static FakeAnswer error(int status, String code, String message, Map<String, String> headers) {
        return of(status, "Response", "", headers, xml -> {
            xml.inside(
                    "Errors",
                    errors -> errors.inside("Error", error -> {
                        error.text("Code", code);
                        error.text("Message", message);
                    }));
            xml.text("RequestID", "request-1");
        });
    }

    private static FakeAnswer of(
            int status, String root, String namespace, Map<String, String> headers, Consumer<Ec2Xml> content) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            XMLStreamWriter writer = FACTORY.createXMLStreamWriter(bytes, StandardCharsets.UTF_8.name());
            writer.writeStartDocument("UTF-8", "1.0");
            writer.writeStartElement(root);
            if (!namespace.isEmpty()) {
                writer.writeDefaultNamespace(namespace);
            }
            content.accept(new Ec2Xml(writer));
            writer.writeEndDocument();
            writer.close();
            return FakeAnswer.of(status, headers, bytes.toByteArray());
        } catch (XMLStreamException e) {
            throw new IllegalStateException(e);
        }
    }

    void text(String name, Object text) {
        inside(name, xml -> xml.characters(String.valueOf(text)));
    }

    /** Writes an item for each. */
    <T> void items(String name, Iterable<T> each, BiConsumer<Ec2Xml, T> item) {
        inside(name, xml -> each.forEach(one -> xml.inside("item", inner -> item.accept(inner, one))));
    }

    void tags(Map<String, String> tags) {
        items("tagSet", tags.entrySet(), (xml, tag) -> {
            xml.text("key", tag.getKey());
            xml.text("value", tag.getValue());
        });
    }

    private void characters(String text) {
        try {
            writer.writeCharacters(text);
        } catch (XMLStreamException e) {
            throw new IllegalStateException(e);
        }
    }

    void inside(String name, Consumer<Ec2Xml> content) {
        try {
            writer.writeStartElement(name);
            content.accept(this);
            writer.writeEndElement();
        } catch (XMLStreamException e) {
            throw new IllegalStateException(e);
        }
    }
}
