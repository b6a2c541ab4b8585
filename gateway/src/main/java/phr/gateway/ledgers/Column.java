package phr.gateway.ledgers;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import phr.consent.directive.Purposes;
import phr.fhir.facts.PhrCategory;
import phr.gateway.audit.AccessEvent;
import phr.gateway.audit.AccessRecord;
import phr.gateway.pages.Language;

/** A column of the tables that people read (CSV and page). */
record Column(String japanese, String english, boolean onPage, BiFunction<Record, Language, String> text) {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);

    /** The columns of a ledger, in order. */
    static List<Column> of(Ledger ledger) {
        List<Column> columns = new ArrayList<>();
        columns.add(file("記録番号", "No.", record -> Long.toString(record.first().seq())));
        columns.add(shown("日時(日本時間)", "Date and time (JST)", (record, language) -> when(record)));
        columns.addAll(ledger.provisions() ? recipient() : provider());
        columns.add(file("本人", "Person", record -> ledger.name()));
        columns.add(shown("情報の項目", "Items of data", Column::items));
        columns.add(file("件数", "Resources", record -> Long.toString(record.resources())));
        columns.add(file("SHA-256", "SHA-256", record -> String.join(" ", record.digests())));
        columns.add(shown("同意または法的根拠", "Consent or legal item", Column::basis));
        columns.add(shown("目的", "Purpose", (record, language) -> record.first().purposes().stream()
                .map(code -> purpose(code, language))
                .collect(Collectors.joining(", "))));
        columns.add(file(
                "行為",
                "Action",
                record -> record.first().action() + " (" + record.first().interaction() + ")"));
        columns.add(file("アプリ", "App", record -> record.first().app()));
        columns.add(shown("利用者", "User", Column::user));
        columns.add(shown("結果", "Outcome", (record, language) -> Outcomes.say(record.outcome(), language)));
        columns.add(shown("回数", "Accesses", (record, language) -> Integer.toString(record.accesses())));
        columns.add(file("前のハッシュ", "Previous hash", record -> record.first().previousHash()));
        columns.add(file("ハッシュ", "Hash", record -> record.first().hash()));
        return columns;
    }

    private static List<Column> recipient() {
        return List.of(
                shown("提供先", "Recipient", (record, language) -> parties(record, "name", language)),
                shown("提供先の住所", "Recipient's address", (record, language) -> parties(record, "address", language)),
                shown(
                        "提供先の代表者",
                        "Recipient's representative",
                        (record, language) -> parties(record, "representative", language)));
    }

    private static List<Column> provider() {
        return List.of(
                shown("提供元", "Provider", Column::provider),
                shown("取得の経緯", "How it was obtained", Column::story),
                shown("形式", "Format", (record, language) -> record.source()
                        .path("format")
                        .asText()),
                file("ファイルのSHA-256", "File SHA-256", record -> record.source()
                        .path("sha256")
                        .asText()),
                file("大きさ(バイト)", "Size (bytes)", record -> record.source()
                        .path("size")
                        .asText()),
                file("新規", "Created", record -> record.source().path("created").asText()),
                file("更新", "Updated", record -> record.source().path("updated").asText()),
                file("重複", "Duplicates", record -> record.source()
                        .path("duplicates")
                        .asText()),
                file("除外", "Rejected", record -> record.source()
                        .path("rejected")
                        .asText()));
    }

    private static Column shown(String japanese, String english, BiFunction<Record, Language, String> text) {
        return new Column(japanese, english, true, text);
    }

    /** Only in files: for machines and proofs. */
    private static Column file(String japanese, String english, java.util.function.Function<Record, String> text) {
        return new Column(japanese, english, false, (record, language) -> text.apply(record));
    }

    String name(Language language) {
        return language.say(japanese, english);
    }

    private static String when(Record record) {
        String first = time(record.first().at());
        return record.accesses() == 1 ? first : first + " – " + time(record.until());
    }

    private static String time(Instant at) {
        return TIME.format(at.truncatedTo(ChronoUnit.SECONDS).atZone(Folding.TOKYO));
    }

    /** Entries older than the registry's addresses know the name only. */
    private static String parties(Record record, String field, Language language) {
        if (record.counterparts().isEmpty()) {
            return field.equals("name") ? name(record.first(), language) : "";
        }
        return StreamSupport.stream(record.counterparts().spliterator(), false)
                .map(party -> party.path(field).asText())
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining("\n"));
    }

    /** Of no organisation is only what the person took herself, such as a package. */
    private static String name(AccessRecord access, Language language) {
        if (access.organisationName() != null) {
            return access.organisationName();
        }
        return access.organisation() != null ? access.organisation() : language.say("本人", "the person herself");
    }

    private static String provider(Record record, Language language) {
        JsonNode source = record.source();
        String id = source.path("provider").asText();
        return id.equals(AccessEvent.SELF)
                ? language.say("本人", "the person herself")
                : source.path("providerName").asText(id);
    }

    private static String story(Record record, Language language) {
        return switch (record.source().path("how").asText()) {
            case "DIRECT_FROM_PERSON" -> language.say("本人から直接", "directly from the person");
            case "FROM_ORGANISATION" -> language.say("事業者から(本人の同意による)", "from an organisation, by consent");
            case "PACKAGE_OF_PROVIDER" ->
                language.say("他のPHR事業者の移行パッケージから(本人による)", "package of another provider, by the person");
            default -> "";
        };
    }

    private static String items(Record record, Language language) {
        return record.categories().entrySet().stream()
                .map(count -> category(count, language))
                .collect(Collectors.joining("\n"));
    }

    private static String category(Map.Entry<String, Long> count, Language language) {
        String name = count.getKey();
        if (language == Language.JAPANESE) {
            for (PhrCategory category : PhrCategory.values()) {
                if (category.code().equals(name)) {
                    name = category.japanese();
                }
            }
            name = name.equals("uncategorised") ? "分類なし" : name;
        }
        return name + " × " + count.getValue();
    }

    private static String purpose(String code, Language language) {
        String words = language.say(Purposes.japanese(code), Purposes.english(code));
        return words.equals(code) ? code : words + " (" + code + ")";
    }

    private static String basis(Record record, Language language) {
        String directives = String.join("\n", record.first().directives());
        String reason = Outcomes.because(record.first().reason(), language);
        return directives.isEmpty() ? reason : reason + "\n" + directives;
    }

    private static String user(Record record, Language language) {
        String user = record.first().user();
        if (user == null) {
            return language.say("システム", "system");
        }
        if (user.equals(AccessEvent.PROXY)) {
            return language.say("代理人", "a proxy");
        }
        return user.equals(AccessEvent.SELF) ? language.say("本人", "the person herself") : user;
    }
}
