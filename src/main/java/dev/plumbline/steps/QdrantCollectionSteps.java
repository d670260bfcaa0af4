package dev.plumbline.steps;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plumbline.action.KnownPoints;
import dev.plumbline.action.QdrantWrite;
import dev.plumbline.probe.QdrantCollection;
import dev.plumbline.probe.QdrantSearch;
import dev.plumbline.steps.ParameterTypes.ServicePort;
import dev.plumbline.verdict.Expectation;
import dev.plumbline.verdict.Measurement;
import dev.plumbline.verdict.NotMeasured;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;

/** Collections of Qdrant as the manifests describe them, and what a search in them finds. */
public final class QdrantCollectionSteps {

    private static final int SEARCHES = 20;

    private final Session session;
    private final Scene scene;
    private final StaticManifests manifests;
    private final Judge judge;
    private int dimensions;

    public QdrantCollectionSteps(Session session, Scene scene, StaticManifests manifests, Judge judge) {
        this.session = session;
        this.scene = scene;
        this.manifests = manifests;
        this.judge = judge;
    }

    @When("the collection that {string} of {string} describes is made in Qdrant as {string}")
    @Sentence(
            value = "Sends a JSON file among the manifests as the description of a new collection.",
            examples =
                    "the collection that \"docs/collection.json\" of \"gitops-plan\" describes is made in Qdrant as \"test\"",
            rights = {"create,update,delete services/proxy"})
    public void make(String file, String name, String collection) {
        Path path = manifests.directory(name).resolve(file);
        try {
            JsonNode description = new ObjectMapper().readTree(Files.readString(path));
            dimensions = description.at("/vectors/size").asInt();
            write().make(collection, description);
        } catch (JsonProcessingException e) {
            throw new NotMeasured(path + " is no JSON: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new NotMeasured(path + " cannot be read: " + e, e);
        }
    }

    @Then("Qdrant collection {string} is green with {int} dimensions by {word} within {duration}")
    @Sentence(
            value = "Qdrant says so; green means that all of the collection is ready.",
            examples = "Qdrant collection \"test\" is green with 384 dimensions by Cosine within 30 seconds",
            rights = {"get services/proxy", "list,watch services,pods,namespaces"})
    public void green(String collection, int size, String distance, Duration limit) throws InterruptedException {
        judge.eventually(
                limit,
                new QdrantCollection(
                        scene.target(),
                        scene.defaultNamespace(),
                        service().name(),
                        service().port(),
                        collection),
                new Expectation<>(
                        "green, " + size + " dimensions by " + distance,
                        state -> state.status().equals("green")
                                && state.dimensions() == size
                                && state.distance().equals(distance)),
                state -> new Measurement(
                        "dimensions", state.dimensions(), "", new Measurement.Limit("==", size), judge.clock()));
    }

    @When("{int} known points are written to the made Qdrant collection {string}")
    @Sentence(
            value = "Writes points whose vectors follow from their ids, as long as the collection's description says.",
            examples = "1000 known points are written to the made Qdrant collection \"test\"",
            rights = {"create,update,delete services/proxy"})
    public void write(int points, String collection) {
        if (dimensions == 0) {
            throw new NotMeasured("no collection was made before this step, so its dimensions are not known");
        }
        write().write(collection, 1, points, dimensions);
    }

    @Then("searches in Qdrant collection {string} find the nearest of the {int} known points, by cosine to {double}")
    @Sentence(
            value =
                    "Twenty vectors are searched with. Each time the nearest point comes first, and its score differs from"
                            + " the computed cosine by at most this much.",
            examples =
                    "searches in Qdrant collection \"test\" find the nearest of the 1000 known points, by cosine to 0.0001",
            rights = {"create services/proxy", "list,watch services,pods,namespaces"})
    public void nearest(String collection, int points, double tolerance) {
        KnownPoints known = new KnownPoints(points, dimensions);
        List<List<Double>> questions =
                LongStream.range(0, SEARCHES).mapToObj(known::question).toList();
        List<KnownPoints.Nearest> wanted =
                questions.stream().map(known::nearest).toList();
        judge.now(
                new QdrantSearch(
                        scene.target(),
                        scene.defaultNamespace(),
                        service().name(),
                        service().port(),
                        collection,
                        questions),
                new Expectation<>(
                        SEARCHES + " times the computed point and its cosine",
                        hits -> difference(wanted, hits) <= tolerance),
                hits -> new Measurement(
                        "largest difference of a score",
                        difference(wanted, hits),
                        "",
                        new Measurement.Limit("<=", tolerance),
                        judge.clock()));
    }

    /** Another point than the wanted one differs by more than any two scores can. */
    private static double difference(List<KnownPoints.Nearest> wanted, List<QdrantSearch.Hit> hits) {
        double largest = 0;
        for (int i = 0; i < wanted.size(); i++) {
            boolean same = hits.get(i).id() == wanted.get(i).id();
            double difference = Math.abs(hits.get(i).score() - wanted.get(i).score());
            largest = Math.max(largest, same ? difference : Math.max(difference, 2));
        }
        return largest;
    }

    private ServicePort service() {
        return scene.service("qdrant", "qdrant:6333");
    }

    private QdrantWrite write() {
        return new QdrantWrite(
                session.target(),
                session.ledger(),
                scene.defaultNamespace(),
                service().name(),
                service().port());
    }
}
