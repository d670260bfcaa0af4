package dev.plumbline.simulation.system.qdrant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The configuration of a collection as it is shown: what was asked for over the server's defaults. */
final class CollectionConfig {

    private CollectionConfig() {}

    static ObjectNode of(JsonNode description) {
        ObjectNode config = Answers.object();
        ObjectNode params = config.putObject("params");
        params.set("vectors", description.path("vectors"));
        params.put("shard_number", description.path("shard_number").asInt(1));
        params.put("replication_factor", description.path("replication_factor").asInt(1));
        params.put(
                "write_consistency_factor",
                description.path("write_consistency_factor").asInt(1));
        params.put("on_disk_payload", description.path("on_disk_payload").asBoolean(true));
        config.set("hnsw_config", over(hnsw(), description.path("hnsw_config")));
        config.set("optimizer_config", over(optimizer(), description.path("optimizers_config")));
        config.set("wal_config", over(wal(), description.path("wal_config")));
        if (description.has("quantization_config")) {
            config.set("quantization_config", description.path("quantization_config"));
        } else {
            config.putNull("quantization_config");
        }
        config.set(
                "strict_mode_config",
                over(Answers.object().put("enabled", false), description.path("strict_mode_config")));
        return config;
    }

    private static ObjectNode over(ObjectNode defaults, JsonNode asked) {
        if (asked instanceof ObjectNode object) {
            defaults.setAll(object);
        }
        return defaults;
    }

    private static ObjectNode hnsw() {
        return Answers.object()
                .put("m", 16)
                .put("ef_construct", 100)
                .put("full_scan_threshold", 10_000)
                .put("max_indexing_threads", 0)
                .put("on_disk", false);
    }

    private static ObjectNode optimizer() {
        ObjectNode node = Answers.object();
        node.put("deleted_threshold", 0.2).put("vacuum_min_vector_number", 1000);
        node.put("default_segment_number", 0);
        node.putNull("max_segment_size");
        node.putNull("memmap_threshold");
        node.put("indexing_threshold", 20_000).put("flush_interval_sec", 5);
        return node.putNull("max_optimization_threads");
    }

    private static ObjectNode wal() {
        return Answers.object().put("wal_capacity_mb", 32).put("wal_segments_ahead", 0);
    }
}
