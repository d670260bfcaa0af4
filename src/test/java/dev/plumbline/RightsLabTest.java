package dev.plumbline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.RightsTrial.Found;
import dev.plumbline.RightsTrial.Outcome;
import dev.plumbline.lab.LabNode;
import dev.plumbline.lab.LabUser;
import dev.plumbline.lab.Node;
import dev.plumbline.lab.Trials;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBuilder;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** No permission is not a pass, on the node's real authorization. */
@ExtendWith(LabNode.class)
class RightsLabTest {

    private static final int ALL = Integer.MAX_VALUE;
    private static final int AT_ONCE = 4;

    @TempDir
    private Path directory;

    @Test
    void readingWithOneRightLessNeverTurnsAFailureIntoAPass(Node node) throws Exception {
        try (AutoCloseable world = RightsTrial.world(node)) {
            trial(new RightsTrial(node, directory, false), Trials.count(4, ALL));
        }
    }

    @Test
    void writingWithOneRightLessNeverTurnsAFailureIntoAPass(Node node) throws Exception {
        trial(new RightsTrial(node, directory, true), Trials.count(1, ALL));
    }

    @Test
    void aStrangersCriteriaHoldWithExactlyTheRoleThatPlanGenerates(Node node) throws Exception {
        Path profile = Files.writeString(
                directory.resolve("elsewhere.yaml"), "clusterUid: " + node.uid() + "\nwritable: [default]\n");
        List<String> plan = Elsewhere.arguments("plan");
        plan.addAll(List.of("--profile", profile.toString()));
        try (LabUser user = LabUser.with(RightsTrial.role(plan), "plumbline-elsewhere", node, directory)) {
            assertThat(Elsewhere.verdicts(
                            directory.resolve("elsewhere"),
                            "--target",
                            "kubeconfig",
                            "--kubeconfig",
                            user.kubeconfig().toString(),
                            "--allow-writes",
                            "--profile",
                            profile.toString()))
                    .isEqualTo(Elsewhere.WITHOUT_FLUX);
        }
    }

    private static void trial(RightsTrial trial, int removals) throws Exception {
        ClusterRole role = trial.role();
        List<PolicyRule> rights = new ArrayList<>(single(role));
        Collections.shuffle(rights, Trials.chance());
        ExecutorService pool = Executors.newFixedThreadPool(AT_ONCE);
        try {
            Future<Outcome> byAdministrator = pool.submit(() -> trial.byAdministrator("admin"));
            Future<Outcome> byRole = pool.submit(() -> trial.byUserWith(role, "role"));
            List<Future<Outcome>> lacking = new ArrayList<>();
            List<PolicyRule> removed = rights.subList(0, Math.min(removals, rights.size()));
            for (PolicyRule right : removed) {
                String name = "without-" + lacking.size();
                lacking.add(pool.submit(() -> trial.byUserWith(without(right, rights), name)));
            }
            Outcome full = byAdministrator.get();
            assertThat(full.exitCode()).isEqualTo(1);
            assertThat(full.criteria())
                    .allSatisfy((id, found) -> assertThat(found.verdict())
                            .as(id + ": " + found.reason())
                            .isEqualTo(expected(id)));
            assertSame(byRole.get(), full);
            for (int i = 0; i < removed.size(); i++) {
                assertHonest(lacking.get(i).get(), full, removed.get(i));
            }
        } finally {
            pool.shutdownNow();
        }
    }

    private static String expected(String id) {
        return id.endsWith("-HOLDS") ? "PASS" : id.endsWith("-FAILS") ? "FAIL" : "NOT_APPLICABLE";
    }

    private static void assertSame(Outcome byRole, Outcome full) {
        full.criteria().forEach((id, found) -> {
            Found other = byRole.criteria().getOrDefault(id, new Found("no verdict", ""));
            assertThat(other.verdict())
                    .as(id + " by the generated role: " + other)
                    .isEqualTo(found.verdict());
        });
        assertThat(byRole.exitCode()).isEqualTo(full.exitCode());
    }

    /** Either the right was not needed for a criterion, or the criterion is inconclusive and names what is missing. */
    private static void assertHonest(Outcome lacking, Outcome full, PolicyRule right) {
        String verb = right.getVerbs().get(0);
        String resource = right.getResources().get(0);
        if (lacking.exitCode() == 2) {
            assertThat(verb + " " + resource).isEqualTo("get namespaces");
            return;
        }
        full.criteria().forEach((id, found) -> {
            Found now = lacking.criteria().getOrDefault(id, new Found("no verdict", ""));
            String as = id + " without " + verb + " " + resource + ": " + now;
            if (!now.verdict().equals(found.verdict())) {
                assertThat(now.verdict()).as(as).isEqualTo("INCONCLUSIVE");
                assertThat(now.reason()).as(as).contains(verb).contains(resource.replaceFirst("/.*", ""));
            }
        });
    }

    private static List<PolicyRule> single(ClusterRole role) {
        return role.getRules().stream()
                .flatMap(rule -> rule.getResources().stream()
                        .flatMap(resource -> rule.getVerbs().stream()
                                .map(verb -> new PolicyRuleBuilder()
                                        .withApiGroups(rule.getApiGroups())
                                        .withResources(resource)
                                        .withVerbs(verb)
                                        .build())))
                .toList();
    }

    private static ClusterRole without(PolicyRule right, List<PolicyRule> rights) {
        return new ClusterRoleBuilder()
                .withRules(rights.stream().filter(other -> !other.equals(right)).toList())
                .withNewMetadata()
                .endMetadata()
                .build();
    }
}
