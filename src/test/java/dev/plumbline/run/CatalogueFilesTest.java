package dev.plumbline.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.criterion.Catalogue;
import dev.plumbline.criterion.Criterion;
import dev.plumbline.criterion.NamedSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CatalogueFilesTest {

    @TempDir
    Path folder;

    @Test
    void everySystemOfTheDocumentsIsThereOnceAndEveryRuleSpeaksOfOne() {
        List<Path> features = List.of(Path.of("features"));
        List<NamedSystem> systems = CatalogueFiles.in(features).systems();
        Set<String> spokenOf =
                systems.stream().flatMap(system -> system.criteria().stream()).collect(Collectors.toSet());

        assertThat(systems).extracting(NamedSystem::name).hasSize(97).doesNotHaveDuplicates();
        assertThat(spokenOf).hasSize(508);
        assertThat(new RuleReader().read(features)).extracting(Criterion::id).isSubsetOf(spokenOf);
        assertThat(CatalogueFiles.in(features).sections().keySet())
                .hasSizeGreaterThan(450)
                .isSubsetOf(spokenOf);
        assertThat(systems).allSatisfy(system -> assertThat(system.documents()).isNotEmpty());
    }

    @Test
    void featuresWithoutSuchAFileNameNone() {
        assertThat(CatalogueFiles.in(List.of(folder))).isEqualTo(Catalogue.NONE);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            system: A                      | systems.yaml:1: expected a list of systems
            - system: A/- name: B          | systems.yaml:2: expected a map with the key system
            - system: A/  criterion: [X-1] | systems.yaml:1: unknown key criterion
            - system: A/  criteria: X-1    | systems.yaml:1: documents and criteria are lists
            - [                            | systems.yaml:
            """)
    void whatIsWrongIsNamedWithItsLine(String text, String message) throws IOException {
        Files.writeString(folder.resolve("systems.yaml"), text.replace("/", "\n"));

        assertThatThrownBy(() -> CatalogueFiles.in(List.of(folder)))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining(message);
    }
}
