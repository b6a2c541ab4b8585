package phr.gateway.consents;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import phr.fhir.facts.PhrCategory;
import phr.gateway.pages.Language;
import phr.gateway.pages.Page;

/** A receipt as a sheet to read, print and keep (同意の控え). Made from the stored bytes alone, so it says what was signed. */
final class ReceiptSheet {

    private static final JsonMapper MAPPER = new JsonMapper();

    private final JsonNode receipt;
    private final IssuedReceipts.Issued issued;
    private final Language language;

    ReceiptSheet(IssuedReceipts.Issued issued, Language language) {
        this.issued = issued;
        this.language = language;
        try {
            this.receipt = MAPPER.readTree(issued.json());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a stored receipt is JSON", e);
        }
    }

    void writeTo(OutputStream out) throws IOException {
        boolean permit = receipt.at("/directive/effect").asText().equals("PERMIT");
        String title = permit ? say("同意の控え", "Consent receipt") : say("提供拒否の控え", "Receipt of a refusal");
        try (Page page = Page.open(out, language, title)) {
            page.lead(receipt.at("/text/" + language.code()).asText());
            what(page);
            who(page);
            how(page);
            events(page);
            proof(page);
        }
    }

    private void what(Page page) throws IOException {
        page.heading(say("だれに、何を、何のために", "To whom, what, and what for"))
                .beginFacts()
                .fact(say("相手", "Recipients"), list("recipients", this::recipient, say("すべての相手", "everyone")))
                .fact(
                        say("目的", "Purposes"),
                        list(
                                "purposes",
                                item -> item.at("/text/" + language.code()).asText() + " ("
                                        + item.path("code").asText() + ")",
                                say("すべての目的", "any purpose")))
                .fact(say("情報の種類", "Kinds of data"), list("data", this::datum, say("すべての情報", "all data")))
                .fact(say("できること", "Actions"), joined(receipt.path("processing")))
                .fact(say("提供先の国", "Countries"), joined(receipt.path("country")))
                .fact(say("根拠", "Legal basis"), word(receipt.path("legalBasis").asText()))
                .fact(
                        say("条件", "Conditions"),
                        list("conditions", item -> word(item.path("code").asText()), ""))
                .endFacts();
    }

    private void who(Page page) throws IOException {
        page.heading(say("あなたの情報を預かる事業者", "Who holds your data")).beginFacts();
        for (JsonNode controller : receipt.path("controllers")) {
            page.fact(say("名称", "Name"), controller.path("name").asText())
                    .fact(say("住所", "Address"), controller.path("address").asText())
                    .fact(say("連絡先", "Contact"), controller.path("contact").asText())
                    .fact(say("識別子", "Id"), controller.path("id").asText());
        }
        page.fact(say("保存場所", "Stored in"), word(receipt.at("/storage/location").asText()))
                .fact(say("保存期間", "Retention"), retention())
                .fact(say("消去の期限", "Erase by"), receipt.at("/storage/eraseBy").asText())
                .fact(say("監督機関", "Authority"), receipt.path("authorityContact").asText())
                .endFacts();
    }

    private void how(Page page) throws IOException {
        page.heading(say("撤回と、あなたの権利", "Withdrawal and your rights"))
                .paragraph(receipt.at("/withdraw/text/" + language.code()).asText())
                .beginFacts()
                .fact(say("手順", "Steps"), joined(receipt.at("/withdraw/steps")))
                .fact(say("権利", "Rights"), rights())
                .fact(say("説明文", "Notice"), receipt.at("/notice/url").asText())
                .fact(
                        say("同意の方法", "Collected by"),
                        word(receipt.path("collectionMethod").asText()))
                .fact(say("同意した人", "Given by"), capacity())
                .endFacts();
    }

    private void events(Page page) throws IOException {
        page.heading(say("経過", "History"))
                .beginTable(
                        say("この同意に起きたこと", "What happened to this consent"),
                        List.of(say("日時", "When"), say("出来事", "Event"), say("状態", "State"), say("版", "Version")));
        for (JsonNode event : receipt.path("events")) {
            page.row(List.of(
                    event.path("at").asText(),
                    word(event.path("type").asText()),
                    word(event.path("state").asText()),
                    event.path("version").asText()));
        }
        page.endTable();
    }

    private void proof(Page page) throws IOException {
        page.heading(say("証明", "Proof"))
                .small(say("控えの番号: ", "Receipt: ") + receipt.path("receiptId").asText())
                .small(say("同意の番号: ", "Record: ")
                        + receipt.path("recordId").asText() + " @ "
                        + receipt.at("/directive/version").asText())
                .small("SHA-256: " + receipt.at("/directive/bodySha256").asText())
                .small("JWS: " + issued.signature());
    }

    private String recipient(JsonNode item) {
        String id = item.path("id").asText();
        String name = item.path("name").asText(id.isEmpty() ? say("すべての相手", "everyone") : id);
        String address = item.path("address").asText();
        return name
                + (name.equals(id) || id.isEmpty() ? "" : " (" + id + ")")
                + (address.isEmpty() ? "" : "\n" + address);
    }

    private String datum(JsonNode item) {
        List<String> parts = new ArrayList<>();
        item.path("category").forEach(code -> parts.add(category(code.asText())));
        if (item.path("category").asText().equals("ALL")) {
            parts.add(say("すべての情報", "all data"));
        }
        for (String facet : List.of("resourceType", "documentType", "code", "instance", "author", "source")) {
            item.path(facet).forEach(value -> parts.add(facet + " " + value.asText()));
        }
        String labels = item.path("labels").isObject()
                ? say("機微度 ", "sensitivity ")
                        + item.at("/labels/max").asText()
                        + joined(item.at("/labels/sensitivities"))
                : item.path("labels").asText();
        String period = item.path("period").isObject()
                ? item.at("/period/start").asText() + " – "
                        + item.at("/period/end").asText()
                : say("全期間", "all times");
        return String.join(say("、", ", "), parts) + " [" + labels + "] " + period;
    }

    private String category(String code) {
        return language == Language.ENGLISH ? code : PhrCategory.parse(code).japanese() + " (" + code + ")";
    }

    private String retention() {
        return receipt.at("/storage/retention").asText().equals("UNTIL_ERASED")
                ? say("あなたが消去を求めるまで", "until you ask for erasure")
                : receipt.at("/storage/retention").asText();
    }

    private String rights() {
        return language == Language.ENGLISH ? joined(receipt.path("rights")) : "開示、訂正、消去、データの持ち出し、同意の撤回";
    }

    private String capacity() {
        String capacity = receipt.at("/grantor/capacity").asText();
        return capacity.equals("SELF") ? say("ご本人", "yourself") : capacity;
    }

    private interface Text {
        String of(JsonNode item);
    }

    private String list(String field, Text text, String none) {
        JsonNode items = receipt.path(field);
        return items.isEmpty()
                ? none
                : StreamSupport.stream(items.spliterator(), false).map(text::of).collect(Collectors.joining("\n"));
    }

    private String joined(JsonNode items) {
        return StreamSupport.stream(items.spliterator(), false)
                .map(item -> word(item.asText()))
                .collect(Collectors.joining(say("、", ", ")));
    }

    private String word(String code) {
        return ReceiptWords.of(code, language);
    }

    private String say(String japanese, String english) {
        return language.say(japanese, english);
    }
}
