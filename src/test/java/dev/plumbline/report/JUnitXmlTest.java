package dev.plumbline.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.verdict.Verdict;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

class JUnitXmlTest {

    @Test
    void eachVerdictHasItsPlace() throws Exception {
        Element root = parse(SampleRecords.eachVerdict()).getDocumentElement();

        assertThat(root.getAttribute("tests")).isEqualTo("9");
        assertThat(root.getAttribute("failures")).isEqualTo("2");
        assertThat(root.getAttribute("errors")).isEqualTo("1");
        assertThat(root.getAttribute("skipped")).isEqualTo("4");
        assertThat(root.getAttribute("name")).contains("SIMULATED");
    }

    @Test
    void theFailureBeginsWithTheReason() throws Exception {
        Element failure = first(parse(SampleRecords.of(Verdict.FAIL)), "failure");

        assertThat(failure.getAttribute("message")).startsWith("FAIL: Deployment \"web\"");
        assertThat(failure.getTextContent())
                .startsWith("Deployment \"web\" in namespace \"shop\" .spec.replicas was 0");
        assertThat(failure.getTextContent())
                .contains("features/gitops-plan/drift.feature:10", "waited 312 s, at most 300 s");
    }

    @Test
    void aCaseNamesItsCriterion() throws Exception {
        Document document = parse(SampleRecords.of(Verdict.PASS));

        assertThat(first(document, "testcase").getAttribute("classname")).isEqualTo("gitops-plan.C-0-PASS");
        assertThat(JUnitXml.of(SampleRecords.of(Verdict.PASS)))
                .contains(
                        "<property name=\"criterion\" value=\"C-0-PASS\"/>",
                        "<property name=\"verdict\" value=\"PASS\"/>");
    }

    @Test
    void aCriterionWithoutScenariosIsASkippedCase() throws Exception {
        Document document = parse(SampleRecords.of(Verdict.UNPROVEN));

        assertThat(document.getElementsByTagName("testcase").getLength()).isEqualTo(1);
        assertThat(first(document, "skipped").getAttribute("message")).startsWith("UNPROVEN");
    }

    @Test
    void leftoversAreAnError() throws Exception {
        RunRecord run = SampleRecords.run(
                false,
                SampleRecords.of(Verdict.PASS).criteria(),
                List.of("v1 Namespace shop: has a finalizer"),
                Optional.empty());

        assertThat(first(parse(run), "error").getTextContent()).contains("v1 Namespace shop: has a finalizer");
    }

    @Test
    void whatXmlCannotHoldIsLeftOut() throws Exception {
        String reason = "was \u0000\u001b[31mred\uFFFE \uD800 ]]> <b> & \"q\" \uD83D\uDE00\nsecond line";
        CriterionResult result = SampleRecords.criterion("X-1", "gitops-plan", Verdict.FAIL, reason);

        Element failure =
                first(parse(SampleRecords.run(false, List.of(result), List.of(), Optional.empty())), "failure");

        assertThat(failure.getAttribute("message")).isEqualTo("FAIL: was [31mred  ]]> <b> & \"q\" \uD83D\uDE00");
    }

    @Test
    void anyRecordIsWellFormed() throws Exception {
        for (long seed = 0; seed < 100; seed++) {
            RunRecord run = SampleRecords.seeded(seed);
            Document document = parse(run);
            assertThat(document.getDocumentElement().getAttribute("tests"))
                    .isEqualTo(String.valueOf(
                            document.getElementsByTagName("testcase").getLength()));
        }
    }

    /** What the consumers have in common; the schema says where that comes from. */
    @Test
    void anyRecordFitsTheCommonSchema() throws Exception {
        Schema schema = SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
                .newSchema(JUnitXmlTest.class.getResource("junit.xsd"));
        List<RunRecord> runs =
                new ArrayList<>(List.of(SampleRecords.eachVerdict(), SampleRecords.of(), Showcase.run()));
        for (long seed = 0; seed < 50; seed++) {
            runs.add(SampleRecords.seeded(seed));
        }
        for (RunRecord run : runs) {
            schema.newValidator().validate(new StreamSource(new StringReader(JUnitXml.of(run))));
        }
        assertThatThrownBy(() -> schema.newValidator()
                        .validate(
                                new StreamSource(new StringReader("<testsuites><testcase name=\"a\"/></testsuites>"))))
                .isInstanceOf(SAXException.class);
    }

    static Document parse(RunRecord run) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(JUnitXml.of(run))));
    }

    private static Element first(Document document, String name) {
        return (Element) document.getElementsByTagName(name).item(0);
    }
}
