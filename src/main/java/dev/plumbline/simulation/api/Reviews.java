package dev.plumbline.simulation.api;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Answers who may do what: the one user of the simulation may do everything. */
final class Reviews {

    private Reviews() {}

    static ObjectNode answer(Resource resource, ObjectNode body) {
        ObjectNode answer = body.deepCopy();
        Json.metadata(answer).putNull("creationTimestamp");
        ObjectNode status = Json.child(answer, "status");
        switch (resource.kind().kind()) {
            case "SelfSubjectAccessReview" ->
                status.put("allowed", true).put("reason", "the simulation allows everything");
            case "SelfSubjectRulesReview" -> rules(status);
            default ->
                status.putObject("userInfo")
                        .put("username", "system:admin")
                        .putArray("groups")
                        .add("system:masters");
        }
        return answer;
    }

    private static void rules(ObjectNode status) {
        ObjectNode rule = status.putArray("resourceRules").addObject();
        rule.putArray("verbs").add("*");
        rule.putArray("apiGroups").add("*");
        rule.putArray("resources").add("*");
        ObjectNode other = status.putArray("nonResourceRules").addObject();
        other.putArray("verbs").add("*");
        other.putArray("nonResourceURLs").add("*");
        status.put("incomplete", false);
    }
}
