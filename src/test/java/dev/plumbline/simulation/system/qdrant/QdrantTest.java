package dev.plumbline.simulation.system.qdrant;

import static dev.plumbline.simulation.system.TinyWorld.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plumbline.simulation.ImageModel.StartFailure;
import dev.plumbline.simulation.Program;
import dev.plumbline.simulation.system.TinyWorld;
import dev.plumbline.simulation.system.TinyWorld.MemoryFiles;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class QdrantTest {

    private final TinyWorld world = new TinyWorld();
    private final MemoryFiles files = new MemoryFiles();
    private Map<String, String> env = Map.of();

    private Program start() throws StartFailure {
        return new QdrantSystem()
                .images()
                .get(0)
                .start(world.start("qdrant/qdrant:v1.15.5", List.of(), env, files, List.of("/qdrant/storage")));
    }

    private static Program.Reply send(Program qdrant, String method, String path, String body) {
        return TinyWorld.send(qdrant, 6333, method, path, body.replace('\'', '"'));
    }

    private static JsonNode json(Program.Reply reply) throws Exception {
        return new ObjectMapper().readTree(reply.body());
    }

    private Program withPoints() throws Exception {
        Program qdrant = start();
        send(qdrant, "PUT", "/collections/c", "{'vectors':{'size':2,'distance':'Cosine'}}");
        Program.Reply reply = send(
                qdrant,
                "PUT",
                "/collections/c/points?wait=true",
                "{'points':[{'id':1,'vector':[3,4],'payload':{'n':1,'tag':'a'}},{'id':2,'vector':[1,0],'payload':{'n':2}},"
                        + "{'id':3,'vector':[0,-2]}]}");
        assertThat(text(reply)).contains("\"status\":\"completed\"");
        return qdrant;
    }

    @Test
    void tellsOfItselfAndItsHealth() throws Exception {
        Program qdrant = start();
        assertThat(json(send(qdrant, "GET", "/", "")).path("version").asText()).isEqualTo("1.15.5");
        assertThat(text(send(qdrant, "GET", "/readyz", ""))).isEqualTo("all shards are ready");
        assertThat(send(qdrant, "GET", "/health", "").status()).isEqualTo(404);
        assertThat(qdrant.listens(6334)).isTrue();
        assertThat(text(send(qdrant, "GET", "/metrics", ""))).contains("collections_total 0\n");
    }

    @Test
    void speaksGrpcOnItsOtherPortOnly() throws Exception {
        Program qdrant = start();
        Program.Request check = new Program.Request(
                "POST", "/grpc.health.v1.Health/Check", Map.of("content-type", "application/grpc"), new byte[0]);
        assertThat(qdrant.answer(6334, check).body()).containsExactly(8, 1);
        assertThat(qdrant.answer(6333, check).contentType()).isNotEqualTo("application/grpc");
        assertThat(send(qdrant, "GET", "/readyz", "").status()).isEqualTo(200);
    }

    @Test
    void describesACollection() throws Exception {
        JsonNode info = json(send(withPoints(), "GET", "/collections/c", "")).path("result");
        assertThat(info.path("status").asText()).isEqualTo("green");
        assertThat(info.path("points_count").asInt()).isEqualTo(3);
        assertThat(info.at("/config/params/vectors").toString()).isEqualTo("{\"size\":2,\"distance\":\"Cosine\"}");
    }

    @Test
    void normalisesVectorsForCosine() throws Exception {
        JsonNode vector =
                json(send(withPoints(), "GET", "/collections/c/points/1", "")).at("/result/vector");
        assertThat(vector.get(0).asDouble()).isCloseTo(0.6, within(1e-6));
        assertThat(vector.get(1).asDouble()).isCloseTo(0.8, within(1e-6));
    }

    @Test
    void scrollsThroughPagesInOrderOfIds() throws Exception {
        Program qdrant = withPoints();
        JsonNode first = json(send(qdrant, "POST", "/collections/c/points/scroll", "{'limit':2,'with_vector':true}"))
                .path("result");
        assertThat(first.path("points")).hasSize(2);
        assertThat(first.at("/points/0/payload/tag").asText()).isEqualTo("a");
        assertThat(first.path("next_page_offset").asInt()).isEqualTo(3);
        JsonNode second = json(send(qdrant, "POST", "/collections/c/points/scroll", "{'limit':2,'offset':3}"))
                .path("result");
        assertThat(second.path("points")).hasSize(1);
        assertThat(second.path("next_page_offset").isNull()).isTrue();
        assertThat(second.at("/points/0").has("vector")).isFalse();
    }

    @Test
    void findsTheNearestWithExactScores() throws Exception {
        Program qdrant = withPoints();
        JsonNode hits = json(send(qdrant, "POST", "/collections/c/points/query", "{'query':[6,8],'limit':2}"))
                .at("/result/points");
        assertThat(hits.at("/0/id").asInt()).isEqualTo(1);
        assertThat(hits.at("/0/score").asDouble()).isCloseTo(1, within(1e-6));
        assertThat(hits.at("/1/score").asDouble()).isCloseTo(0.6, within(1e-6));
        JsonNode old = json(send(
                qdrant,
                "POST",
                "/collections/c/points/search",
                "{'vector':[6,8],'limit':5,'filter':{'must':[{'key':'n','range':{'gte':2}}]}}"));
        assertThat(old.path("result")).hasSize(1);
        assertThat(old.at("/result/0/id").asInt()).isEqualTo(2);
    }

    @Test
    void countsAndDeletes() throws Exception {
        Program qdrant = withPoints();
        send(qdrant, "POST", "/collections/c/points/delete?wait=true", "{'points':[1]}");
        assertThat(json(send(qdrant, "POST", "/collections/c/points/count", "{'exact':true}"))
                        .at("/result/count")
                        .asInt())
                .isEqualTo(2);
        assertThat(json(send(qdrant, "POST", "/collections/c/points", "{'ids':[1,2]}"))
                        .path("result"))
                .hasSize(1);
        assertThat(text(send(qdrant, "GET", "/collections/c/points/1", "")))
                .contains("Not found: Point with id 1 does not exists!");
    }

    @Test
    void keepsPointsInItsStorageOnly() throws Exception {
        Program before = withPoints();
        JsonNode points = json(send(before, "POST", "/collections/c/points/scroll", "{'with_vector':true}"))
                .path("result");
        before.close();
        Program after = start();
        assertThat(json(send(after, "POST", "/collections/c/points/scroll", "{'with_vector':true}"))
                        .path("result"))
                .isEqualTo(points);
        files.delete("/qdrant/storage");
        assertThat(send(start(), "GET", "/collections/c", "").status()).isEqualTo(404);
    }

    @Test
    void wordsRefusalsAsTheRealOne() throws Exception {
        Program qdrant = withPoints();
        Program.Reply missing = send(qdrant, "GET", "/collections/x", "");
        assertThat(missing.status()).isEqualTo(404);
        assertThat(json(missing).at("/status/error").asText()).isEqualTo("Not found: Collection `x` doesn't exist!");
        Program.Reply twice = send(qdrant, "PUT", "/collections/c", "{'vectors':{'size':2,'distance':'Dot'}}");
        assertThat(twice.status()).isEqualTo(409);
        Program.Reply wrong = send(qdrant, "PUT", "/collections/c/points", "{'points':[{'id':9,'vector':[1,2,3]}]}");
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(text(wrong)).contains("Vector dimension error: expected dim: 2, got 3");
        assertThat(text(send(qdrant, "PUT", "/collections/c/points", "{'points':[{'id':'x','vector':[1,2]}]}")))
                .contains("is not a valid point ID");
        assertThat(send(qdrant, "POST", "/collections/c/points/recommend", "{}").status())
                .isEqualTo(501);
    }

    @Test
    void asksForItsKeyExceptForHealth() throws Exception {
        env = Map.of("QDRANT__SERVICE__API_KEY", "k");
        Program qdrant = start();
        assertThat(send(qdrant, "GET", "/collections", "").status()).isEqualTo(401);
        assertThat(send(qdrant, "GET", "/readyz", "").status()).isEqualTo(200);
        Program.Request request = new Program.Request("GET", "/collections", Map.of("api-key", "k"), new byte[0]);
        assertThat(qdrant.answer(6333, request).status()).isEqualTo(200);
    }

    @Test
    void recoversACollectionFromItsSnapshot() throws Exception {
        files.with("/qdrant/config/local.yaml", "storage: {snapshots_path: /qdrant/storage/snapshots}");
        Program qdrant = withPoints();
        String name = json(send(qdrant, "POST", "/collections/c/snapshots", ""))
                .at("/result/name")
                .asText();
        assertThat(json(send(qdrant, "GET", "/collections/c/snapshots", "")).path("result"))
                .hasSize(1);
        send(qdrant, "DELETE", "/collections/c", "");
        String location = "{'location':'file:///qdrant/storage/snapshots/c/" + name + "'}";
        assertThat(send(qdrant, "PUT", "/collections/c/snapshots/recover", location)
                        .status())
                .isEqualTo(200);
        assertThat(json(send(qdrant, "GET", "/collections/c", ""))
                        .at("/result/points_count")
                        .asInt())
                .isEqualTo(3);
        files.delete("/qdrant/storage/snapshots");
        assertThat(send(qdrant, "PUT", "/collections/c/snapshots/recover", location)
                        .status())
                .isEqualTo(400);
    }

    @Test
    void holdsItsSizeLimit() throws Exception {
        Program qdrant = start();
        send(
                qdrant,
                "PUT",
                "/collections/s",
                "{'vectors':{'size':2,'distance':'Dot'},"
                        + "'strict_mode_config':{'enabled':true,'max_collection_vector_size_bytes':8}}");
        String points = "{'points':[{'id':1,'vector':[1,2]}]}";
        assertThat(send(qdrant, "PUT", "/collections/s/points", points).status())
                .isEqualTo(200);
        assertThat(send(qdrant, "PUT", "/collections/s/points", points).status())
                .isEqualTo(400);
    }
}
