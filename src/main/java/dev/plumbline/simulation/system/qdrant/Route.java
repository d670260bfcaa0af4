package dev.plumbline.simulation.system.qdrant;

import dev.plumbline.simulation.Program.Request;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** The method and the words of a path. */
record Route(String method, List<String> words, String query) {

    static Route of(Request request) {
        String[] halves = request.path().split("\\?", 2);
        List<String> words = Stream.of(halves[0].split("/", -1))
                .filter(word -> !word.isEmpty())
                .map(word -> URLDecoder.decode(word, StandardCharsets.UTF_8))
                .toList();
        return new Route(request.method(), words, halves.length == 2 ? halves[1] : "");
    }

    String word(int index) {
        return index < words.size() ? words.get(index) : "";
    }

    /** The method with the words behind the collection's name, each id written as {@code *}. */
    String inCollection() {
        String rest = words.size() < 3 ? "" : "/" + String.join("/", words.subList(2, words.size()));
        return method + " " + rest;
    }

    boolean flag(String name) {
        return Stream.of(query.split("&", -1)).anyMatch((name + "=true")::equals);
    }

    /** Whether the request changes nothing. */
    boolean reads() {
        List<String> reading = List.of("scroll", "count", "search", "query", "recommend", "batch", "groups", "facet");
        boolean byIds = words.size() == 3 && word(2).equals("points");
        return method.equals("GET")
                || method.equals("POST")
                        && words.size() >= 3
                        && (byIds || reading.contains(words.get(words.size() - 1)));
    }
}
