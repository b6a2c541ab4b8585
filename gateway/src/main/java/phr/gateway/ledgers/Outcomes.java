package phr.gateway.ledgers;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import phr.gateway.audit.AccessRecord;
import phr.gateway.pages.Language;

/** What became of an access. */
final class Outcomes {

    static final String PROVIDED = "PROVIDED";
    static final String EMPTY = "EMPTY";
    static final String REFUSED = "REFUSED";
    /** The connection broke: at most what is counted left. */
    static final String BROKEN = "BROKEN";
    /** Begun, and its end is not known: up to everything that was permitted may have left. */
    static final String STARTED = "STARTED";
    /** Permitted by an access that is not counted. */
    static final String PERMITTED = "PERMITTED";

    static final String RECEIVED = "RECEIVED";
    /** The same was there already. */
    static final String UNCHANGED = "UNCHANGED";
    /** Waits for the person, outside the record. */
    static final String HELD = "HELD";

    /** The first that occurs speaks for a batch. */
    private static final List<String> TELLING =
            List.of(STARTED, BROKEN, PROVIDED, PERMITTED, RECEIVED, HELD, UNCHANGED, EMPTY, REFUSED);

    private Outcomes() {}

    static String of(AccessRecord access, JsonNode detail, JsonNode items) {
        if (!access.permitted()) {
            return REFUSED;
        }
        if (detail.has("source")) {
            return received(detail.path("source"));
        }
        if (detail.path("later").asBoolean() && access.ended() == null) {
            return STARTED;
        }
        if ("BROKEN".equals(access.ended())) {
            return BROKEN;
        }
        if (!items.has("resources")) {
            return PERMITTED;
        }
        return items.path("resources").asLong() == 0 ? EMPTY : PROVIDED;
    }

    private static String received(JsonNode source) {
        if (source.path("held").asBoolean()) {
            return HELD;
        }
        return source.path("created").asInt() + source.path("updated").asInt() > 0 ? RECEIVED : UNCHANGED;
    }

    static String both(String one, String other) {
        return TELLING.indexOf(one) <= TELLING.indexOf(other) ? one : other;
    }

    /** Why, in words with the code; a refusal is explained to nobody but the person. */
    static String because(String reason, Language language) {
        String words =
                switch (reason) {
                    case "SELF" -> language.say("本人", "the person herself");
                    case "AUTHORITY", "PROXY" -> language.say("代理権", "authority of a proxy");
                    case "CONSENT" -> language.say("本人の同意", "consent");
                    case "APPI27-1-2" -> language.say("生命・身体の保護", "protection of life or body");
                    case "STATUTORY" -> language.say("法令", "law");
                    case "DEFAULT" -> language.say("同意がない", "no consent");
                    case "EXPLICIT" -> language.say("本人が拒否", "the person refuses");
                    case "SCOPE" -> language.say("アプリの権限が足りない", "scope of the app");
                    default -> "";
                };
        return words.isEmpty() ? reason : words + " (" + reason + ")";
    }

    static String say(String outcome, Language language) {
        return switch (outcome) {
            case PROVIDED -> language.say("提供した", "provided");
            case EMPTY -> language.say("該当する情報なし", "nothing to provide");
            case REFUSED -> language.say("拒否した", "refused");
            case BROKEN -> language.say("途中で中断", "broken off");
            case STARTED -> language.say("提供を開始(完了は未確認)", "started, end not known");
            case PERMITTED -> language.say("許可した", "permitted");
            case RECEIVED -> language.say("受領した", "received");
            case UNCHANGED -> language.say("受領済みと同じ", "the same as before");
            case HELD -> language.say("本人の確認待ち", "waits for the person");
            default -> outcome;
        };
    }
}
