package dev.plumbline.steps;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VocabularyTest {

    private final Vocabulary vocabulary = new Vocabulary();

    @Test
    void everyStepIsExplainedWithExamplesThatFitItAndNoOther() {
        assertThat(vocabulary.steps()).hasSizeGreaterThan(20).allSatisfy(step -> {
            assertThat(step.explanation()).as(step.text()).isNotBlank();
            assertThat(step.rights()).as(step.text()).isNotNull();
            assertThat(step.examples()).as(step.text()).isNotEmpty().allSatisfy(example -> {
                assertThat(step.fits(example)).as(example).isTrue();
                assertThat(vocabulary.fitting(example)).as(example).hasSize(1);
            });
        });
    }

    @Test
    void everyStepClassIsListed() {
        List<String> found = new ClassFileImporter()
                .importPackages("dev.plumbline.steps").stream()
                        .filter(type -> type.getSimpleName().endsWith("Steps"))
                        .map(type -> type.getName())
                        .sorted()
                        .toList();

        assertThat(Vocabulary.CLASSES.stream().map(Class::getName).sorted()).isEqualTo(found);
    }

    /** The forms that the design fixes, word for word: others' features rely on them. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "the manifests in \"some/dir\" are applied",
                "the \"gitops-plan\" manifests are deployed from Git",
                "someone scales deployment \"web\" in namespace \"shop\" to 0 replicas",
                "someone changes \".spec.replicas\" of Deployment \"web\" in namespace \"shop\" to \"3\"",
                "someone deletes ConfigMap \"settings\" in namespace \"shop\"",
                "pod \"db-0\" in namespace \"shop\" is deleted",
                "Deployment \"web\" in namespace \"shop\" is rolled out within 60 seconds",
                "ConfigMap \"settings\" in namespace \"shop\" exists within 10 seconds",
                "ConfigMap \"settings\" in namespace \"shop\" does not exist within 10 seconds",
                "ConfigMap \"settings\" in namespace \"shop\" has \".data.color\" equal to \"blue\" within 10 seconds",
                "ConfigMap \"settings\" in namespace \"shop\" keeps \".data.color\" equal to \"blue\" for 10 seconds",
                "Kustomization \"apps\" in namespace \"flux-system\" has condition \"Ready\" within 2 minutes",
                "Kustomization.kustomize.toolkit.fluxcd.io \"apps\" in namespace \"flux-system\" exists within 1 minute",
                "every pod in namespace \"shop\" is ready within 2 minutes",
                "a GET of \"/healthz\" on service \"web:8080\" in namespace \"shop\" answers 200 within 30 seconds",
                "the PromQL query \"up\" on service \"prometheus:9090\" in namespace \"monitoring\" returns data within 1 minute",
                "running \"cat /data/x\" in pod \"db-0\" in namespace \"shop\" prints \"precious\"",
                "someone scales deployment \"n8n\" to 0 replicas right after a reconciliation",
                "deployment \"n8n\" has its declared replicas again within 5 minutes"
            })
    void theFixedFormsAreThere(String step) {
        assertThat(vocabulary.fitting(step)).hasSize(1);
    }

    @Test
    void aMisspelledStepIsNotDefinedAndGetsASuggestion() {
        String step = "every pods in namespace \"shop\" is ready within 2 minutes";

        assertThat(vocabulary.fitting(step)).isEmpty();
        assertThat(vocabulary.nearest(step)).contains("every pod in namespace {string} is ready within {duration}");
    }
}
