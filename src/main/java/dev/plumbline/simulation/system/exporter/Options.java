package dev.plumbline.simulation.system.exporter;

import dev.plumbline.simulation.ImageModel.Start;
import dev.plumbline.simulation.system.CommandLine;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The options of an exporter: {@code --name=value}, {@code --name value} or {@code -name=value}. */
final class Options {

    private final Map<String, String> values = new HashMap<>();

    Options(Start start) {
        List<String> words = CommandLine.arguments(start.container(), start.env(), List.of());
        for (int i = 0; i < words.size(); i++) {
            String[] pair = words.get(i).replaceFirst("^--?", "").split("=", 2);
            boolean separate = pair.length == 1
                    && i + 1 < words.size()
                    && !words.get(i + 1).startsWith("-");
            values.put(pair[0], pair.length == 2 ? pair[1] : separate ? words.get(++i) : "true");
        }
    }

    String get(String name, String otherwise) {
        return values.getOrDefault(name, otherwise);
    }

    int port(int otherwise) {
        String address = get("web.listen-address", ":" + otherwise);
        return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
    }
}
