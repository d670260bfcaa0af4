package dev.plumbline.cluster;

import dev.plumbline.profile.Profile;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What this machine can do for a run, and which target {@code auto} would take. Reads only. */
public final class Doctor {

    private static final long NODE_MEBIBYTES = 1536;
    private static final Pattern AVAILABLE = Pattern.compile("MemAvailable:\\s+(\\d+) kB");

    /** The rights that read-only criteria live on: verb, group, resource, subresource. */
    private static final List<Right> RIGHTS = List.of(
            new Right("list", "", "nodes", ""),
            new Right("list", "", "pods", ""),
            new Right("watch", "", "pods", ""),
            new Right("list", "apps", "deployments", ""),
            new Right("get", "", "pods", "log"),
            new Right("get", "", "services", "proxy"));

    private final K3sImage image;
    private final Kubeconfig kubeconfig;

    public Doctor(K3sImage image, Kubeconfig kubeconfig) {
        this.image = image;
        this.kubeconfig = kubeconfig;
    }

    public List<Fact> facts() throws InterruptedException {
        List<Fact> facts = new ArrayList<>();
        facts.add(java());
        facts.add(memory());
        facts.addAll(docker());
        facts.addAll(cluster());
        TargetChoice choice = TargetChoice.auto(image);
        facts.add(Fact.ok("target of auto", choice.target() + ": " + choice.reason()));
        return facts;
    }

    private static Fact java() {
        int version = Runtime.version().feature();
        String detail = System.getProperty("java.vm.name") + " " + Runtime.version();
        return version >= 17 ? Fact.ok("Java", detail) : Fact.missing("Java", detail, "install a JDK, 17 or newer");
    }

    private static Fact memory() {
        Optional<Long> mebibytes = availableMebibytes();
        if (mebibytes.isEmpty()) {
            return Fact.ok("memory", "not known on this system; a K3s node wants " + NODE_MEBIBYTES + " MiB");
        }
        String detail = mebibytes.get() + " MiB available, a K3s node wants " + NODE_MEBIBYTES + " MiB";
        return mebibytes.get() >= NODE_MEBIBYTES
                ? Fact.ok("memory", detail)
                : Fact.missing("memory", detail, "free some, or take --target simulated");
    }

    private static Optional<Long> availableMebibytes() {
        try {
            Matcher matcher = AVAILABLE.matcher(Files.readString(Path.of("/proc/meminfo")));
            return matcher.find() ? Optional.of(Long.parseLong(matcher.group(1)) / 1024) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private List<Fact> docker() {
        String name = image.name();
        try (Docker docker = Docker.connect()) {
            List<Fact> facts = new ArrayList<>();
            facts.add(Fact.ok("Docker", "version " + docker.version()));
            boolean local = docker.hasImage(name);
            boolean pullable = docker.canPull(name);
            facts.add(
                    local || pullable
                            ? Fact.ok("K3s image", name + (local ? " is in Docker" : " can be pulled"))
                            : Fact.missing(
                                    "K3s image",
                                    name + " is not in Docker",
                                    "docker load it, or name another: --k3s-image"));
            facts.add(
                    pullable
                            ? Fact.ok("registry", "offers " + name)
                            : Fact.missing(
                                    "registry",
                                    "does not offer " + name + " within 2.5 s",
                                    "images that pods need can be preloaded: --k3s-images DIR"));
            return facts;
        } catch (Docker.NoDocker e) {
            return List.of(Fact.missing("Docker", String.valueOf(e.getMessage()), "start it for the target k3s"));
        }
    }

    private List<Fact> cluster() throws InterruptedException {
        if (!Files.exists(kubeconfig.file())) {
            return List.of(Fact.missing(
                    "kubeconfig", "no file " + kubeconfig.file(), "only for the target kubeconfig: --kubeconfig FILE"));
        }
        try (KubeconfigTarget target = KubeconfigTarget.open(kubeconfig, List.of(Profile.EMPTY), false, "doctor")) {
            List<Fact> facts = new ArrayList<>();
            facts.add(Fact.ok("kubeconfig", target.description()));
            RIGHTS.forEach(right -> facts.add(right.asked(target.client())));
            return facts;
        } catch (TargetUnavailable e) {
            return List.of(
                    Fact.missing("kubeconfig", String.valueOf(e.getMessage()), "see --kubeconfig and --context"));
        }
    }

    private record Right(String verb, String group, String resource, String subresource) {

        Fact asked(KubernetesClient client) {
            String what = "right to " + verb + " " + resource + (subresource.isEmpty() ? "" : "/" + subresource);
            SelfSubjectAccessReview review = new SelfSubjectAccessReviewBuilder()
                    .withNewSpec()
                    .withNewResourceAttributes()
                    .withVerb(verb)
                    .withGroup(group)
                    .withResource(resource)
                    .withSubresource(subresource)
                    .endResourceAttributes()
                    .endSpec()
                    .build();
            try {
                boolean allowed = client.authorization()
                        .v1()
                        .selfSubjectAccessReview()
                        .create(review)
                        .getStatus()
                        .getAllowed();
                return allowed
                        ? Fact.ok(what, "in all namespaces")
                        : Fact.missing(
                                what,
                                "not in all namespaces",
                                "criteria that need it end inconclusive, or in a namespace that allows it");
            } catch (KubernetesClientException e) {
                return Fact.missing(what, "could not be asked: " + e.getMessage(), "");
            }
        }
    }
}
