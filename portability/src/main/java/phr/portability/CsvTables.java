package phr.portability;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import phr.portability.json.JsonNumber;
import phr.portability.json.JsonObject;

/** Tables for people with a spreadsheet: UTF-8 with BOM, CRLF, no cell that could be a formula (phr-package.md §6.5). */
final class CsvTables implements Closeable {

    static final String FOLDER = "data/csv/";

    private static final Map<String, List<String>> HEADERS = Map.of(
            "blood-pressure", List.of("測定日時", "最高血圧(mmHg)", "最低血圧(mmHg)", "脈拍(/分)"),
            "weight", List.of("測定日時", "体重(kg)"),
            "daily-activity", List.of("日", "歩数(歩)"),
            "lab-results", List.of("検査日時", "項目", "結果", "単位", "基準下限", "基準上限", "判定"),
            "documents", List.of("日付", "種類", "題名", "形式", "ファイル"),
            "consents", List.of("同意ID", "版", "効果", "状態", "開始", "終了"));

    private final Spool spool;
    private final Map<String, OutputStream> open = new TreeMap<>();

    CsvTables(Spool spool) {
        this.spool = spool;
    }

    void see(JsonObject resource) throws IOException {
        String type = resource.string("resourceType").orElse("");
        if (type.equals("Observation")) {
            observation(resource);
        } else if (type.equals("DocumentReference")) {
            document(resource);
        }
    }

    void consent(TravellingDirective directive) throws IOException {
        row(
                "consents",
                List.of(
                        directive.id(),
                        Integer.toString(directive.version()),
                        directive.effect(),
                        directive.state(),
                        directive.validFrom() == null
                                ? ""
                                : directive.validFrom().toString(),
                        directive.validTo() == null ? "" : directive.validTo().toString()));
    }

    @Override
    public void close() throws IOException {
        for (OutputStream out : open.values()) {
            out.close();
        }
        open.clear();
    }

    private void observation(JsonObject observation) throws IOException {
        String time = java.util.Objects.requireNonNullElse(EffectiveTime.of(observation), "");
        if (ObservationValues.isCoded(observation, "85354-9")) {
            row(
                    "blood-pressure",
                    List.of(
                            time,
                            number(ObservationValues.component(observation, "8480-6")),
                            number(ObservationValues.component(observation, "8462-4")),
                            number(ObservationValues.component(observation, "8867-4"))));
        } else if (ObservationValues.isCoded(observation, "29463-7")) {
            row("weight", List.of(time, number(ObservationValues.value(observation))));
        } else if (ObservationValues.isCoded(observation, "41950-7")) {
            String day = time.length() < 10 ? time : time.substring(0, 10);
            row("daily-activity", List.of(day, number(ObservationValues.value(observation))));
        } else if (category(observation, "laboratory") || category(observation, "exam")) {
            result(observation, time);
        }
    }

    private void result(JsonObject observation, String time) throws IOException {
        JsonObject quantity = observation.object("valueQuantity").orElseGet(JsonObject::new);
        JsonObject range =
                observation.objects("referenceRange").stream().findFirst().orElseGet(JsonObject::new);
        String value = ObservationValues.value(observation)
                .map(number -> quantity.string("comparator").orElse("") + number.text())
                .or(() -> observation.string("valueString"))
                .orElseGet(() -> ObservationValues.text(observation.object("valueCodeableConcept")));
        row(
                "lab-results",
                List.of(
                        time,
                        ObservationValues.text(observation.object("code")),
                        value,
                        quantity.string("unit")
                                .or(() -> quantity.string("code"))
                                .orElse(""),
                        bound(range, "low"),
                        bound(range, "high"),
                        ObservationValues.text(
                                observation.objects("interpretation").stream().findFirst())));
    }

    private void document(JsonObject reference) throws IOException {
        JsonObject attachment = reference.objects("content").stream()
                .findFirst()
                .flatMap(content -> content.object("attachment"))
                .orElseGet(JsonObject::new);
        row(
                "documents",
                List.of(
                        java.util.Objects.requireNonNullElse(EffectiveTime.of(reference), ""),
                        ObservationValues.text(reference.object("type")),
                        attachment.string("title").orElse(""),
                        attachment.string("contentType").orElse(""),
                        attachment.string("url").orElse("")));
    }

    private static boolean category(JsonObject observation, String code) {
        return observation.objects("category").stream()
                .flatMap(category -> category.objects("coding").stream())
                .anyMatch(coding -> code.equals(coding.string("code").orElse("")));
    }

    private static String bound(JsonObject range, String end) {
        return range.object(end)
                .flatMap(quantity -> quantity.get("value"))
                .filter(JsonNumber.class::isInstance)
                .map(value -> ((JsonNumber) value).text())
                .orElse("");
    }

    private static String number(java.util.Optional<JsonNumber> number) {
        return number.map(JsonNumber::text).orElse("");
    }

    private void row(String table, List<String> cells) throws IOException {
        OutputStream out = open.get(table);
        if (out == null) {
            out = spool.create(FOLDER + table + ".csv");
            open.put(table, out);
            out.write("\uFEFF".getBytes(StandardCharsets.UTF_8));
            out.write(line(java.util.Objects.requireNonNull(HEADERS.get(table))));
        }
        out.write(line(cells));
    }

    private static byte[] line(List<String> cells) {
        return (String.join(",", cells.stream().map(CsvTables::cell).toList()) + "\r\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    /** Spreadsheets run cells that begin like a formula; a plain number is none. */
    static String cell(String text) {
        boolean number = text.matches("-?[0-9]+(\\.[0-9]+)?");
        boolean formula = !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0 && !number;
        String safe = formula ? "'" + text : text;
        boolean quoted = safe.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return quoted ? "\"" + safe.replace("\"", "\"\"") + "\"" : safe;
    }
}
