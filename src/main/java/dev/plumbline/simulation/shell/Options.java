package dev.plumbline.simulation.shell;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Arguments split into one-letter options and the rest. */
record Options(Map<Character, String> letters, List<String> rest) {

    /** @param valued the letters that take a value */
    static Options of(List<String> arguments, String valued) {
        Map<Character, String> letters = new LinkedHashMap<>();
        List<String> rest = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            if (argument.equals("--")) {
                rest.addAll(arguments.subList(i + 1, arguments.size()));
                break;
            }
            if (!argument.startsWith("-") || argument.length() < 2) {
                rest.add(argument);
                continue;
            }
            for (int at = 1; at < argument.length(); at++) {
                char letter = argument.charAt(at);
                if (valued.indexOf(letter) < 0) {
                    letters.put(letter, "");
                } else {
                    boolean attached = at + 1 < argument.length();
                    String next = i + 1 < arguments.size() ? arguments.get(i + 1) : "";
                    letters.put(letter, attached ? argument.substring(at + 1) : next);
                    i += attached ? 0 : 1;
                    break;
                }
            }
        }
        return new Options(letters, rest);
    }

    boolean has(char letter) {
        return letters.containsKey(letter);
    }

    String value(char letter, String otherwise) {
        return letters.getOrDefault(letter, otherwise);
    }

    /** Only these letters are known. */
    boolean only(String known) {
        return letters.keySet().stream().allMatch(letter -> known.indexOf(letter) >= 0);
    }
}
