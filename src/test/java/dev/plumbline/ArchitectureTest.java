package dev.plumbline;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The design's section 6, held true. A rule that looks at nothing fails by itself. */
class ArchitectureTest {

    private static final String ROOT = "dev.plumbline.";
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.plumbline");

    /** YAML with lines, and the selectors of PromQL, are leaves that several read with; see the ADRs. */
    @ParameterizedTest(name = "{0} uses only {1}")
    @CsvSource(delimiter = '|', textBlock = """
            criterion  |
            profile    | yaml
            yaml       |
            promql     |
            verdict    | criterion
            timing     | verdict
            cluster    | timing verdict profile
            gitops     | yaml
            probe      | verdict cluster promql
            action     | cluster gitops timing verdict
            simulation | action cluster gitops timing verdict
            policy     | verdict yaml promql
            report     | criterion verdict
            steps      | criterion profile yaml promql verdict timing cluster gitops probe action simulation policy report
            run        | criterion profile yaml promql verdict timing cluster gitops probe action simulation policy report steps
            """)
    void layersHold(String layer, String mayUse) {
        Set<String> allowed = Set.of((mayUse == null ? "" : mayUse).split(" "));
        DescribedPredicate<JavaClass> foreign = describe("of ours outside " + allowed, other -> {
            if (!other.getPackageName().startsWith("dev.plumbline")) {
                return false;
            }
            String own = layerOf(other);
            return !own.equals(layer) && !allowed.contains(own);
        });
        noClasses()
                .that()
                .resideInAPackage(ROOT + layer + "..")
                .should()
                .dependOnClassesThat(foreign)
                .check(CLASSES);
    }

    private static String layerOf(JavaClass type) {
        String name = type.getPackageName();
        return name.equals("dev.plumbline")
                ? "root"
                : name.substring(ROOT.length()).split("\\.")[0];
    }

    @Test
    void packagesMakeNoCircles() {
        slices().matching("dev.plumbline.(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void onlyActionsAndTheSimulationWriteThroughTheClient() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.plumbline.action..")
                .should()
                .accessTargetWhere(writes())
                .check(CLASSES);
    }

    private static DescribedPredicate<JavaAccess<?>> writes() {
        Set<String> writes = Set.of(
                "create",
                "createOr",
                "update",
                "replace",
                "edit",
                "patch",
                "serverSideApply",
                "delete",
                "scale",
                "evict",
                "editStatus",
                "updateStatus",
                "patchStatus");
        return describe("a write of the Kubernetes client", access -> {
            AccessTarget target = access.getTarget();
            return target.getOwner().getPackageName().startsWith("io.fabric8.kubernetes.client")
                    // An access review is created to be answered and leaves nothing behind.
                    && !target.getOwner().getSimpleName().equals("InOutCreateable")
                    && writes.contains(target.getName());
        });
    }

    /** Law 5: an action writes through the one class that notes the undo first. What undoes, and the ledger, need not. */
    @Test
    void anActionThatWritesNotesItsUndoFirst() {
        noClasses()
                .that()
                .resideInAPackage("dev.plumbline.action..")
                .and()
                .doNotHaveSimpleName("ClusterJournal")
                .and()
                .doNotHaveSimpleName("Sweep")
                .and()
                .doNotHaveSimpleName("Restoration")
                // removes what the ledger holds already, since this run installed it
                .and()
                .doNotHaveSimpleName("FluxUninstall")
                .and(describe(
                        "do not use Written",
                        type -> type.getDirectDependenciesFromSelf().stream()
                                .noneMatch(used ->
                                        used.getTargetClass().getSimpleName().equals("Written"))))
                .should()
                .accessTargetWhere(writes())
                .check(CLASSES);
    }

    @Test
    void onlyTimingSleepsAndReadsTheClock() {
        Set<String> clocks = Set.of(
                "java.time.Instant.now",
                "java.lang.System.currentTimeMillis",
                "java.lang.System.nanoTime",
                "java.lang.Thread.sleep",
                "java.time.Clock.systemUTC",
                "java.time.LocalDate.now",
                "java.time.InstantSource.system");
        DescribedPredicate<JavaAccess<?>> time = describe(
                "a clock or a sleep",
                access -> clocks.contains(access.getTarget().getOwner().getName() + "."
                        + access.getTarget().getName()));
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.plumbline.timing..")
                .should()
                .accessTargetWhere(time)
                .check(CLASSES);
    }

    @ParameterizedTest(name = "{0} only in {1}")
    @CsvSource({
        "io.restassured.., probe",
        "org.awaitility.., timing",
        "org.testcontainers.., cluster",
        "com.github.dockerjava.., cluster",
        "org.eclipse.jgit.., gitops",
        "com.networknt.., policy",
        "freemarker.., report",
        "io.qameta.allure.., report"
    })
    void aLibraryHasOneRoom(String library, String room) {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + room + "..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .check(CLASSES);
    }

    @Test
    void picocliIsOnlyInTheCommandLine() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.plumbline")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("picocli..")
                .check(CLASSES);
    }

    /** Read in the sources: in class files try-with-resources looks like a catch of everything. */
    @Test
    void nobodyCatchesEverything() throws IOException {
        Pattern broad = Pattern.compile("catch \\((final )?([\\w.]+ ?\\| ?)*(Exception|RuntimeException|Throwable)\\b");
        try (Stream<Path> sources = Files.walk(Path.of("src", "main", "java"))) {
            List<Path> files =
                    sources.filter(path -> path.toString().endsWith(".java")).toList();
            assertThat(files)
                    .hasSizeGreaterThan(100)
                    .allSatisfy(file -> assertThat(Files.readString(file)).doesNotContainPattern(broad));
        }
    }

    @Test
    void namesSayWhatAThingIs() {
        classes()
                .should()
                .haveNameNotMatching(".*(Utils|Util|Helper|Manager|Impl|Common|Constants)")
                .andShould()
                .haveNameNotMatching(".*\\.(Abstract|Base)[A-Z][a-z]*.*")
                .check(CLASSES);
    }

    @Test
    void noStaticStateChanges() {
        fields().that().areStatic().should().beFinal().check(CLASSES);
    }

    @Test
    void classesAreFinalUnlessTheyArePorts() {
        List<String> open = CLASSES.stream()
                .filter(type -> !type.isInterface() && !type.isEnum() && !type.isRecord() && !type.isAnonymousClass())
                .filter(type -> !type.getModifiers().contains(JavaModifier.FINAL))
                .filter(type -> !type.getModifiers().contains(JavaModifier.SYNTHETIC))
                .filter(type -> !type.getModifiers().contains(JavaModifier.ABSTRACT))
                .map(JavaClass::getName)
                .filter(name -> !name.endsWith("package-info"))
                .toList();
        assertThat(open).isEmpty();
    }
}
