package dev.plumbline.report;

import dev.plumbline.criterion.SourceLine;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** {@code junit.xml}: one suite a document, one test case a scenario, in the dialect that GitHub, GitLab and Jenkins read. */
final class JUnitXml {

    /** The suite of what belongs to no document. */
    private static final String OWN_SUITE = "plumbline";

    private final RunRecord run;
    private final XMLStreamWriter xml;

    private JUnitXml(RunRecord run, XMLStreamWriter xml) {
        this.run = run;
        this.xml = xml;
    }

    static String of(RunRecord run) {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
            new JUnitXml(run, xml).write();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("junit.xml cannot be written into memory", e);
        }
        return text.append('\n').toString();
    }

    private void write() throws XMLStreamException {
        List<JUnitCase> cases = JUnitCase.of(run);
        xml.writeStartDocument("UTF-8", "1.0");
        newLine(0);
        xml.writeStartElement("testsuites");
        attribute("name", "Plumbline on " + run.target() + (run.simulated() ? " (SIMULATED)" : ""));
        counts(cases);
        for (String document : run.documents()) {
            suite(
                    document,
                    cases.stream().filter(each -> each.suite().equals(document)).toList());
        }
        suite(OWN_SUITE, cases.stream().filter(JUnitCase::ofTheRunItself).toList());
        newLine(0);
        xml.writeEndElement();
        xml.writeEndDocument();
    }

    private void suite(String name, List<JUnitCase> cases) throws XMLStreamException {
        if (cases.isEmpty()) {
            return;
        }
        newLine(1);
        xml.writeStartElement("testsuite");
        attribute("name", name);
        counts(cases);
        attribute("timestamp", run.started().toString());
        properties(2, Map.of("target", run.target(), "simulated", String.valueOf(run.simulated())));
        for (JUnitCase each : cases) {
            testCase(each);
        }
        newLine(1);
        xml.writeEndElement();
    }

    private void counts(List<JUnitCase> cases) throws XMLStreamException {
        for (JUnitCase.Kind kind : JUnitCase.Kind.values()) {
            attribute(
                    kind.attribute(),
                    String.valueOf(cases.stream()
                            .filter(each -> kind == JUnitCase.Kind.TEST || each.kind() == kind)
                            .count()));
        }
        attribute("time", seconds(cases.stream().map(JUnitCase::took).reduce(Duration.ZERO, Duration::plus)));
    }

    private void testCase(JUnitCase each) throws XMLStreamException {
        newLine(2);
        xml.writeStartElement("testcase");
        attribute("name", each.name());
        attribute("classname", each.className());
        attribute("time", seconds(each.took()));
        if (each.location().isPresent()) {
            SourceLine location = each.location().get();
            attribute("file", location.file());
            attribute("line", String.valueOf(location.line()));
        }
        properties(3, each.properties());
        if (each.kind() != JUnitCase.Kind.TEST) {
            outcome(each);
        }
        newLine(2);
        xml.writeEndElement();
    }

    private void outcome(JUnitCase each) throws XMLStreamException {
        newLine(3);
        xml.writeStartElement(each.kind().element());
        attribute("message", each.verdict() + ": " + each.reason());
        if (each.kind() != JUnitCase.Kind.SKIPPED) {
            attribute("type", each.verdict());
            xml.writeCharacters(legal(each.reason() + "\n" + each.details()));
        }
        xml.writeEndElement();
    }

    private void properties(int depth, Map<String, String> properties) throws XMLStreamException {
        if (properties.isEmpty()) {
            return;
        }
        newLine(depth);
        xml.writeStartElement("properties");
        for (String name : properties.keySet().stream().sorted().toList()) {
            newLine(depth + 1);
            xml.writeEmptyElement("property");
            attribute("name", name);
            attribute("value", properties.getOrDefault(name, ""));
        }
        newLine(depth);
        xml.writeEndElement();
    }

    private void attribute(String name, String value) throws XMLStreamException {
        xml.writeAttribute(name, legal(value));
    }

    private void newLine(int depth) throws XMLStreamException {
        xml.writeCharacters("\n" + "  ".repeat(depth));
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.3f", duration.toMillis() / 1000.0);
    }

    /** XML 1.0 cannot hold most control characters, nor half of a surrogate pair, in any spelling. */
    static String legal(String text) {
        StringBuilder legal = new StringBuilder(text.length());
        text.codePoints().filter(JUnitXml::isLegal).forEach(legal::appendCodePoint);
        return legal.toString();
    }

    private static boolean isLegal(int point) {
        return point == '\t'
                || point == '\n'
                || point == '\r'
                || (point >= 0x20 && point <= 0xD7FF)
                || (point >= 0xE000 && point <= 0xFFFD)
                || point >= 0x10000;
    }
}
