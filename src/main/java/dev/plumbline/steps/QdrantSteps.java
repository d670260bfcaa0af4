package dev.plumbline.steps;

import dev.plumbline.action.QdrantWrite;
import dev.plumbline.probe.MountedClaim;
import dev.plumbline.probe.QdrantPoints;
import dev.plumbline.probe.QdrantPointsByGrpc;
import dev.plumbline.steps.ParameterTypes.ServicePort;
import dev.plumbline.verdict.Expectation;
import dev.plumbline.verdict.Measurement;
import dev.plumbline.verdict.NotMeasured;
import dev.plumbline.verdict.Observation;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Points in Qdrant, and whether the very same ones are there later. The service is the profile's {@code qdrant}. */
public final class QdrantSteps {

    private final Session session;
    private final Scene scene;
    private final Judge judge;
    private QdrantPoints.@Nullable Content written;
    private String snapshot = "";

    public QdrantSteps(Session session, Scene scene, Judge judge) {
        this.session = session;
        this.scene = scene;
        this.judge = judge;
    }

    @When("{int} points are written to Qdrant collection {string}")
    @Sentence(
            value = "Makes the collection anew, writes points, and remembers a checksum over all of them.",
            examples = "1000 points are written to Qdrant collection \"plumbline\"",
            rights = {"create,update,delete services/proxy", "list,watch services,pods,namespaces"})
    public void write(int points, String collection) throws InterruptedException {
        if (points == 0) {
            throw new NotMeasured("no points can be lost where none are written: write at least 1");
        }
        write().fill(collection, points);
        QdrantPoints content = content(collection);
        judge.now(content, new Expectation<>(points + " points", seen -> seen.count() == points));
        Observation<QdrantPoints.Content> seen = content.look();
        if (!(seen instanceof Observation.Seen<QdrantPoints.Content> found)) {
            throw new NotMeasured("the points that were written could not be read: " + seen);
        }
        written = found.value();
    }

    @Then("by gRPC the {int} points of Qdrant collection {string} have the same vectors as by HTTP within {duration}")
    @Sentence(
            value = "All points are read in both ways; each number of each vector is the same.",
            examples =
                    "by gRPC the 100 points of Qdrant collection \"plumbline\" have the same vectors as by HTTP within"
                            + " 30 seconds",
            rights = {
                "create services/proxy",
                "get,create pods/portforward",
                "list,watch services,endpointslices.discovery.k8s.io,pods,namespaces"
            })
    public void sameByGrpc(int points, String collection, Duration limit) throws InterruptedException {
        Observation<Map<Long, List<Float>>> byHttp = content(collection).vectors();
        if (!(byHttp instanceof Observation.Seen<Map<Long, List<Float>>> seen)
                || seen.value().size() != points) {
            throw new NotMeasured("by HTTP there are no " + points + " points to compare with: " + byHttp);
        }
        ServicePort service = scene.service("qdrant-grpc", "qdrant:6334");
        judge.eventually(
                limit,
                new QdrantPointsByGrpc(
                        scene.target(),
                        scene.defaultNamespace(),
                        service.name(),
                        service.port(),
                        collection,
                        seen.value().keySet()),
                new Expectation<>("the " + points + " vectors read by HTTP", seen.value()::equals),
                found -> new Measurement(
                        "equal vectors",
                        found.entrySet().stream()
                                .filter(entry ->
                                        entry.getValue().equals(seen.value().get(entry.getKey())))
                                .count(),
                        "points",
                        new Measurement.Limit("==", points),
                        judge.clock()));
    }

    @Then("the same {int} points are in Qdrant collection {string} within {duration}")
    @Sentence(
            value = "The collection holds exactly the points that the scenario wrote: ids, vectors and payloads.",
            examples = "the same 1000 points are in Qdrant collection \"plumbline\" within 1 minute",
            rights = {"create services/proxy", "list,watch services,pods,namespaces"})
    public void same(int points, String collection, Duration limit) throws InterruptedException {
        QdrantPoints.Content before = written;
        if (before == null) {
            throw new NotMeasured("no points were written before this step, so none can be compared");
        }
        judge.eventually(
                limit,
                content(collection),
                new Expectation<>(before.toString(), seen -> seen.equals(before) && seen.count() == points),
                seen -> new Measurement(
                        "found", seen.count(), "points", new Measurement.Limit("==", points), judge.clock()));
    }

    @When("a snapshot of Qdrant collection {string} is taken")
    @Sentence(
            value = "Qdrant writes the collection into a file, whose name the scenario remembers.",
            examples = "a snapshot of Qdrant collection \"plumbline\" is taken",
            rights = {"create,update,delete services/proxy"})
    public void snapshot(String collection) {
        snapshot = write().snapshot(collection);
    }

    @When("Qdrant collection {string} is deleted and recovered from its snapshot in {string}")
    @Sentence(
            value =
                    "Qdrant makes the collection again from the file of the snapshot that the scenario took; the directory"
                            + " is the collection's own where Qdrant keeps snapshots.",
            examples =
                    "Qdrant collection \"plumbline\" is deleted and recovered from its snapshot in \"/snapshots/plumbline\"",
            rights = {"create,update,delete services/proxy"})
    public void recover(String collection, String directory) {
        if (snapshot.isEmpty()) {
            throw new NotMeasured("no snapshot was taken before this step, so there is none to recover from");
        }
        write().recover(collection, "file://" + directory + "/" + snapshot);
    }

    private QdrantWrite write() {
        ServicePort service = scene.service("qdrant", "qdrant:6333");
        return new QdrantWrite(
                session.target(), session.ledger(), scene.defaultNamespace(), service.name(), service.port());
    }

    private QdrantPoints content(String collection) {
        ServicePort service = scene.service("qdrant", "qdrant:6333");
        return new QdrantPoints(scene.target(), scene.defaultNamespace(), service.name(), service.port(), collection);
    }

    @Then("{string} of pod {string} lies on a bound PersistentVolumeClaim")
    @Sentence(
            value = "The directory is on a claim that is bound, not on the node, in an emptyDir or in the container.",
            examples = "\"/data\" of pod \"db-0\" lies on a bound PersistentVolumeClaim",
            rights = {"list,watch pods,persistentvolumeclaims,namespaces"})
    public void onClaim(String directory, String pod) throws InterruptedException {
        judge.now(
                new MountedClaim(scene.target(), scene.defaultNamespace(), pod, directory),
                new Expectation<>("on a bound claim", MountedClaim.Place::boundClaim));
    }
}
