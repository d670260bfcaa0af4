package dev.plumbline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.criterion.Criterion;
import dev.plumbline.run.RuleReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The documents' own features and manifests. */
class DocumentsTest {

    private static final Set<String> DOCUMENTS =
            Set.of("gitops-plan", "planned-services", "rpi-roadmap", "ai-rnd-stack", "kubeadm-gitops");

    @Test
    void featuresManifestsAndProfilesShareTheirNames() throws IOException {
        Set<String> features = folders(Path.of("features"));

        assertThat(features).isNotEmpty().isSubsetOf(DOCUMENTS);
        assertThat(folders(Path.of("manifests"))).isEqualTo(features);
        assertThat(features)
                .allSatisfy(document -> assertThat(Path.of("ci", "profiles", document + ".yaml"))
                        .exists());
    }

    @Test
    void aCriterionStandsInTheFolderOfItsDocument() {
        List<Criterion> criteria = new RuleReader().read(List.of(Path.of("features")));

        assertThat(criteria)
                .isNotEmpty()
                .allSatisfy(criterion ->
                        assertThat(criterion.location().file()).startsWith("features/" + criterion.document() + "/"));
    }

    /** The catalogue counts 116 criteria in the document; none is silently missing. */
    @Test
    void everyCriterionOfTheGitOpsPlanStandsAsARule() {
        assertThat(new RuleReader().read(List.of(Path.of("features/gitops-plan"))))
                .hasSize(116);
    }

    @Test
    void everyScenarioNamesAFault() {
        assertThat(new RuleReader()
                        .read(List.of(Path.of("features"))).stream()
                                .flatMap(criterion -> criterion.examples().stream()))
                .isNotEmpty()
                .allSatisfy(example ->
                        assertThat(example.faults()).as(example.name()).isNotEmpty());
    }

    private static Set<String> folders(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.filter(Files::isDirectory)
                    .map(path -> path.getFileName().toString())
                    .collect(Collectors.toSet());
        }
    }
}
