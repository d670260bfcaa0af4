package dev.plumbline.simulation.shell;

import dev.plumbline.simulation.Files;
import dev.plumbline.simulation.NotSimulated;
import java.util.List;

/** {@code test} and {@code [}. */
final class Test {

    private final Command.Call call;
    private final List<String> words;

    private Test(Command.Call call, List<String> words) {
        this.call = call;
        this.words = words;
    }

    static int run(Command.Call call, List<String> words) {
        return new Test(call, words).or() ? 0 : 1;
    }

    private boolean or() {
        return split("-o", "||").stream().anyMatch(part -> new Test(call, part).and());
    }

    private boolean and() {
        return split("-a", "&&").stream().allMatch(part -> new Test(call, part).one());
    }

    private List<List<String>> split(String letter, String sign) {
        java.util.ArrayList<List<String>> parts = new java.util.ArrayList<>();
        int from = 0;
        for (int i = 1; i < words.size() - 1; i++) {
            if (words.get(i).equals(letter) || words.get(i).equals(sign)) {
                parts.add(words.subList(from, i));
                from = i + 1;
            }
        }
        parts.add(words.subList(from, words.size()));
        return parts;
    }

    private boolean one() {
        if (words.size() > 1 && words.get(0).equals("!")) {
            return !new Test(call, words.subList(1, words.size())).one();
        }
        return switch (words.size()) {
            case 0 -> false;
            case 1 -> !words.get(0).isEmpty();
            case 2 -> unary(words.get(0), words.get(1));
            case 3 -> binary(words.get(0), words.get(1), words.get(2));
            default -> throw new NotSimulated("command test " + String.join(" ", words));
        };
    }

    private boolean unary(String operator, String value) {
        Files files = call.context().files();
        String path = call.context().path(value);
        return switch (operator) {
            case "-z" -> value.isEmpty();
            case "-n" -> !value.isEmpty();
            case "-f" -> files.read(path).isPresent();
            case "-d" -> call.context().isDirectory(path);
            case "-e", "-r", "-w", "-x" ->
                files.read(path).isPresent() || call.context().isDirectory(path);
            case "-s" -> files.read(path).filter(content -> content.length > 0).isPresent();
            case "-L", "-h" -> false;
            default -> throw new NotSimulated("command test " + operator);
        };
    }

    private static boolean binary(String left, String operator, String right) {
        return switch (operator) {
            case "=", "==" -> left.equals(right);
            case "!=" -> !left.equals(right);
            case "-eq" -> number(left) == number(right);
            case "-ne" -> number(left) != number(right);
            case "-lt" -> number(left) < number(right);
            case "-le" -> number(left) <= number(right);
            case "-gt" -> number(left) > number(right);
            case "-ge" -> number(left) >= number(right);
            default -> throw new NotSimulated("command test " + operator);
        };
    }

    private static long number(String text) {
        try {
            return Long.parseLong(text.trim());
        } catch (NumberFormatException e) {
            throw new NotSimulated("command test with the number \"" + text + "\"");
        }
    }
}
