package phr.deploy.bench.report;

import java.util.List;
import java.util.Map;

/** A report as text for a terminal or as Markdown for a file. */
public final class Text {

    private Text() {}

    /** For a terminal. */
    public static String plain(Report report) {
        Tables tables = new Tables(report);
        return String.join(
                "\n",
                aligned(tables.results()),
                aligned(tables.costs()),
                aligned(tables.memory()),
                aligned(tables.limits()),
                String.join("\n", report.notes()));
    }

    /**
     * For a file.
     *
     * @param introduction Markdown that stands before the machine and the tables
     */
    public static String markdown(Report report, String introduction) {
        Tables tables = new Tables(report);
        StringBuilder text = new StringBuilder(introduction.strip()).append("\n\n## The machine and the run\n\n");
        text.append("| | |\n|---|---|\n");
        for (Map.Entry<String, String> line : report.machine().entrySet()) {
            text.append("| ")
                    .append(line.getKey())
                    .append(" | ")
                    .append(line.getValue())
                    .append(" |\n");
        }
        text.append("\n## Results\n\n").append(markdown(tables.results()));
        text.append("\n## What it cost\n\n").append(markdown(tables.costs()));
        text.append("\n## Memory\n\n").append(markdown(tables.memory()));
        text.append("\n## Raw limits\n\n").append(markdown(tables.limits()));
        if (!report.notes().isEmpty()) {
            text.append("\n## Notes\n\n");
            report.notes().forEach(note -> text.append("* ").append(note).append('\n'));
        }
        return text.toString();
    }

    private static String markdown(List<List<String>> rows) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < rows.size(); i++) {
            text.append("| ").append(String.join(" | ", rows.get(i))).append(" |\n");
            if (i == 0) {
                text.append("|---".repeat(rows.get(0).size())).append("|\n");
            }
        }
        return text.toString();
    }

    private static String aligned(List<List<String>> rows) {
        int columns = rows.get(0).size();
        int[] widths = new int[columns];
        rows.forEach(row -> {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        });
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            for (int i = 0; i < columns; i++) {
                String cell = row.get(i);
                String space = " ".repeat(widths[i] - cell.length());
                text.append(i == 0 ? cell + space : "  " + space + cell);
            }
            text.append('\n');
        }
        return text.toString();
    }
}
