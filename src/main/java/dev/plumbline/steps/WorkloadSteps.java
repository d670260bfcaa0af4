package dev.plumbline.steps;

import dev.plumbline.action.ChangeObject;
import dev.plumbline.action.CommandInPod;
import dev.plumbline.cluster.CommandResult;
import dev.plumbline.cluster.FieldPath;
import dev.plumbline.cluster.ObjectRef;
import dev.plumbline.cluster.Pods;
import dev.plumbline.probe.PodIdentity;
import dev.plumbline.probe.PodsReady;
import dev.plumbline.probe.Rollout;
import dev.plumbline.verdict.Expectation;
import dev.plumbline.verdict.NotMeasured;
import dev.plumbline.verdict.Observation;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Workloads and pods: rollouts, readiness, scaling and deletion by hand. */
public final class WorkloadSteps {

    private final Scene scene;
    private final Judge judge;
    private final ChangeObject change;
    private @Nullable String deletedUid;

    public WorkloadSteps(Scene scene, Judge judge, ByHand byHand) {
        this.scene = scene;
        this.judge = judge;
        this.change = byHand.change();
    }

    @When("someone scales {scalable} {string} in namespace {string} to {int} replicas")
    @Sentence(
            value = "Scales a workload by hand.",
            examples = "someone scales deployment \"web\" in namespace \"shop\" to 0 replicas",
            rights = {"get,create,patch,update {kind}"})
    public void scale(String kind, String name, String namespace, int replicas) {
        change.set(ref(kind, name, namespace), FieldPath.parse(".spec.replicas"), String.valueOf(replicas));
    }

    @When("pod {string} in namespace {string} is deleted")
    @Sentence(
            value = "Deletes a pod, and does not wait for its successor.",
            examples = "pod \"db-0\" in namespace \"shop\" is deleted",
            rights = {"get,list,watch,create,update,delete pods"})
    public void deletePod(String name, String namespace) throws InterruptedException {
        deletedUid = change.delete(ref("Pod", name, namespace));
    }

    @When("the pods of {kind} {string} in namespace {string} are deleted")
    @Sentence(
            value = "Deletes each pod that the workload selects, and does not wait for their successors.",
            examples = "the pods of Deployment \"web\" in namespace \"shop\" are deleted",
            rights = {"get {kind}", "get,list,watch,create,update,delete pods"})
    public void deletePods(String kind, String name, String namespace) throws InterruptedException {
        ObjectRef workload = ref(kind, name, namespace);
        if (!(scene.target().feeds().get(workload) instanceof Observation.Seen<GenericKubernetesResource> seen)) {
            throw new NotMeasured(workload + " could not be read, so its pods are not known");
        }
        Object labels = FieldPath.parse(".spec.selector.matchLabels")
                .in(seen.value().getAdditionalProperties())
                .orElse(Map.of());
        List<GenericKubernetesResource> pods = Pods.of(scene.target(), scene.words(namespace), (Map<?, ?>) labels);
        if (pods.isEmpty()) {
            throw new NotMeasured("nothing selected: " + workload + " has no pod");
        }
        for (GenericKubernetesResource pod : pods) {
            change.delete(ref("Pod", pod.getMetadata().getName(), namespace));
        }
    }

    @Then("{kind} {string} in namespace {string} is rolled out within {duration}")
    @Sentence(
            value = "All wanted pods of the current template are ready, and no old ones are left."
                    + " An image that cannot be pulled makes it blocked.",
            examples = "Deployment \"web\" in namespace \"shop\" is rolled out within 60 seconds",
            rights = {"list,watch {kind},pods,namespaces"})
    public void rolledOut(String kind, String name, String namespace, Duration limit) throws InterruptedException {
        judge.eventually(
                limit,
                new Rollout(scene.target(), kind, scene.words(namespace), scene.words(name)),
                new Expectation<>("all pods updated and ready", Rollout.Progress::done));
    }

    @Then("another pod {string} is ready within {duration}")
    @Sentence(
            value =
                    "After a deletion of the pod by this scenario, one of the same name but with another identity is ready.",
            examples = "another pod \"db-0\" is ready within 5 minutes",
            rights = {"list,watch pods,namespaces"})
    public void another(String name, Duration limit) throws InterruptedException {
        String uid = deletedUid;
        if (uid == null) {
            throw new NotMeasured("no pod was deleted before this step, so there is none to follow");
        }
        judge.eventually(
                limit,
                new PodIdentity(scene.target(), scene.defaultNamespace(), scene.words(name)),
                new Expectation<>(
                        "ready, and another than " + uid,
                        pod -> pod.ready() && !pod.uid().equals(uid)));
    }

    @Then("every pod in namespace {string} is ready within {duration}")
    @Sentence(
            value = "Every pod that has not completed is ready; there must be at least one.",
            examples = "every pod in namespace \"shop\" is ready within 2 minutes",
            rights = {"list,watch pods"})
    public void everyPodReady(String namespace, Duration limit) throws InterruptedException {
        judge.eventually(
                limit,
                new PodsReady(scene.target(), scene.words(namespace)),
                new Expectation<>("every pod ready", count -> count.unready().isEmpty()));
    }

    @Then("running {string} in a pod of {scalable} {string} in namespace {string} prints {string}")
    @Sentence(
            value = "As for a pod by its name, in the first pod that the workload selects and that is ready.",
            examples =
                    "running \"cat /data/x\" in a pod of deployment \"web\" in namespace \"shop\" prints \"precious\"",
            rights = {"get,list,watch pods", "get,create pods/exec", "list,watch {kind}"})
    public void prints(String command, String kind, String name, String namespace, String output) {
        String pod = readyPods(kind, name, namespace).get(0);
        judge.now(
                new CommandInPod(scene.target(), scene.words(namespace), pod, scene.words(command)),
                new Expectation<CommandResult>(
                        "exit status 0 and \"" + output + "\"",
                        result -> result.exitCode() == 0 && result.out().strip().equals(output)));
    }

    private List<String> readyPods(String kind, String name, String namespace) {
        var seen = scene.target().feeds().get(ref(kind, name, namespace));
        Object labels = seen instanceof Observation.Seen<GenericKubernetesResource> found
                ? FieldPath.parse(".spec.selector.matchLabels")
                        .in(found.value().getAdditionalProperties())
                        .orElse(Map.of())
                : Map.of();
        List<String> pods = ((Map<?, ?>) labels).isEmpty()
                ? List.of()
                : Pods.of(scene.target(), scene.words(namespace), (Map<?, ?>) labels).stream()
                        .filter(Pods::ready)
                        .map(pod -> pod.getMetadata().getName())
                        .toList();
        if (pods.isEmpty()) {
            throw new NotMeasured("nothing selected: " + kind + " \"" + name + "\" has no ready pod");
        }
        return pods;
    }

    private ObjectRef ref(String kind, String name, String namespace) {
        return new ObjectRef(scene.target().kinds().named(kind), scene.words(namespace), scene.words(name));
    }
}
