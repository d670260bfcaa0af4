package dev.plumbline.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.criterion.Example;
import dev.plumbline.profile.Profile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TurnsTest {

    private static final String SCALES = "When someone scales deployment \"web\" in namespace \"shop\" to 2 replicas";
    private static final String JUDGES = "Then Deployment \"web\" in namespace \"shop\" is rolled out within 5 seconds";

    @TempDir
    private Path directory;

    @Test
    void twoThatChangeTheSameObjectTakeTurns() throws IOException {
        assertThat(alone("", SCALES, "", SCALES)).containsExactly("one", "other");
    }

    @Test
    void whatOneChangesAndAnotherJudgesTakesTurns() throws IOException {
        assertThat(alone("", JUDGES, "", SCALES)).containsExactly("one", "other");
        assertThat(alone("", JUDGES, "", JUDGES)).isEmpty();
    }

    @Test
    void aCommonLockKeepsThemApartByItself() throws IOException {
        assertThat(alone("@lock:web", SCALES, "@lock:web @lock:db", SCALES)).isEmpty();
        assertThat(alone("@lock:web", SCALES, "@lock:db", SCALES)).containsExactly("one", "other");
        assertThat(alone("@lock:web", SCALES, "", JUDGES)).containsExactly("one", "other");
    }

    @Test
    void othersObjectsDoNotDisturb() throws IOException {
        assertThat(alone("", SCALES, "", JUDGES.replace("shop", "stall"))).isEmpty();
        assertThat(alone("", SCALES, "", JUDGES.replace("web", "db"))).isEmpty();
    }

    @Test
    void anObjectWithoutANamespaceInTheTextMayBeAnyOfThatName() throws IOException {
        String drift = "When someone scales deployment \"web\" to 0 replicas right after a reconciliation";
        assertThat(alone("", drift, "", JUDGES)).containsExactly("one", "other");
    }

    @Test
    void manifestsAppliedAgainUndoWhatAnotherChanges() throws IOException {
        Files.writeString(Files.createDirectories(directory.resolve("shop")).resolve("settings.yaml"), """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: settings, namespace: shop}
                data: {color: blue}
                """);
        String applies = "Given the manifests in \"" + directory.resolve("shop") + "\" are applied";
        String deletes = "When someone deletes ConfigMap \"settings\" in namespace \"shop\"";
        assertThat(alone("", applies, "", deletes)).containsExactly("one", "other");
        assertThat(alone("", applies, "", applies)).isEmpty();
        assertThat(alone("", applies, "", SCALES)).isEmpty();
    }

    private List<String> alone(String tags, String step, String otherTags, String otherStep) throws IOException {
        Path feature = directory.resolve("one.feature");
        Files.writeString(feature, """
                Feature: Turns
                  Rule: They do not disturb each other
                    %s
                    Scenario: one
                      %s
                    %s
                    Scenario: other
                      %s
                """.formatted(tags, step, otherTags, otherStep));
        Prepared prepared = Prepared.of(new RunOptions(
                List.of(feature),
                directory,
                Optional.empty(),
                Selection.ALL,
                2,
                RunOptions.Keep.NEVER,
                1,
                false,
                Optional.empty(),
                Optional.empty()));
        List<Example> examples = prepared.criteria().get(0).examples();
        Turns turns = Turns.of(examples, prepared.steps(), Profile.EMPTY);
        assertThat(turns.together().size() + turns.oneByOne().size()).isEqualTo(2);
        return turns.oneByOne().stream().map(Example::name).toList();
    }
}
