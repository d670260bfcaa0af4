package dev.plumbline.run;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.steps.CommandSteps;
import dev.plumbline.steps.Vocabulary;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StepCheckTest {

    @Test
    void aStepThatTwoDefinitionsFitIsBadInput(@TempDir Path directory) throws Exception {
        Path feature = Files.writeString(
                directory.resolve("a.feature"),
                "Feature: F\n  Rule: R\n    Scenario: S\n      Then running \"ls\" in pod \"a\" in namespace \"b\" prints \"c\"\n");
        Vocabulary twice = new Vocabulary(List.of(CommandSteps.class, CommandSteps.class));

        assertThatThrownBy(() -> new StepCheck(twice).check(new RuleReader().read(List.of(feature))))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("fits 2 definitions, it must fit one");
    }
}
