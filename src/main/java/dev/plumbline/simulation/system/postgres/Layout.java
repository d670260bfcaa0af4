package dev.plumbline.simulation.system.postgres;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** How psql prints rows: aligned, or with -A one row a line with separators. */
final class Layout {

    private final boolean aligned;
    private final boolean tuplesOnly;
    private final boolean quiet;
    private final String separator;

    Layout(PsqlOptions options) {
        this.aligned = !options.has('A');
        this.tuplesOnly = options.has('t');
        this.quiet = options.has('q');
        this.separator = options.has('F') ? options.get('F') : "|";
    }

    String text(Outcome outcome) {
        if (outcome.columns().isEmpty()) {
            return quiet ? "" : outcome.tag() + "\n";
        }
        String table = aligned ? table(outcome) : unaligned(outcome);
        boolean tagged = outcome.wrote() && !quiet;
        return table + (tagged ? outcome.tag() + "\n" : "");
    }

    private String unaligned(Outcome outcome) {
        List<String> lines = new ArrayList<>();
        if (!tuplesOnly) {
            lines.add(String.join(separator, outcome.columns().orElse(List.of())));
        }
        outcome.rows().forEach(row -> lines.add(String.join(separator, row)));
        if (!tuplesOnly) {
            lines.add(count(outcome));
        }
        return lines.stream().map(line -> line + "\n").collect(Collectors.joining());
    }

    private static String count(Outcome outcome) {
        int rows = outcome.rows().size();
        return "(" + rows + (rows == 1 ? " row)" : " rows)");
    }

    private String table(Outcome outcome) {
        List<String> columns = outcome.columns().orElse(List.of());
        int[] widths = new int[columns.size()];
        for (int i = 0; i < widths.length; i++) {
            int column = i;
            int widest = outcome.rows().stream()
                    .mapToInt(row -> row.get(column).length())
                    .max()
                    .orElse(0);
            widths[i] = tuplesOnly ? widest : Math.max(widest, columns.get(i).length());
        }
        StringBuilder text = new StringBuilder();
        if (!tuplesOnly) {
            text.append(line(columns, widths, true)).append('\n');
            List<String> dashes = new ArrayList<>();
            for (int width : widths) {
                dashes.add("-".repeat(width + 2));
            }
            text.append(String.join("+", dashes)).append('\n');
        }
        outcome.rows().forEach(row -> text.append(line(row, widths, false)).append('\n'));
        return text.append(tuplesOnly ? "" : count(outcome) + "\n").append('\n').toString();
    }

    private static String line(List<String> cells, int[] widths, boolean centred) {
        List<String> padded = new ArrayList<>();
        for (int i = 0; i < widths.length; i++) {
            String cell = cells.get(i);
            int space = widths[i] - cell.length();
            boolean number = !centred && cell.matches("-?\\d+(?:\\.\\d+)?");
            int left = centred ? space / 2 : number ? space : 0;
            boolean last = i == widths.length - 1 && !number;
            padded.add(" " + " ".repeat(left) + cell
                    + (last && !centred ? "" : " ".repeat(space - left) + (last ? "" : " ")));
        }
        return String.join("|", padded).stripTrailing();
    }
}
