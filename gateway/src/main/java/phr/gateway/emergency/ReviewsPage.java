package phr.gateway.emergency;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import phr.gateway.pages.Language;
import phr.gateway.pages.Page;

/** The review queue as a page to read: whom to look at first, and what was said when the glass was broken. */
final class ReviewsPage {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT).withZone(ZoneId.of("Asia/Tokyo"));

    private final List<Reviews.Waiting> waiting;
    private final Language language;

    ReviewsPage(List<Reviews.Waiting> waiting, Language language) {
        this.waiting = waiting;
        this.language = language;
    }

    void writeTo(OutputStream out) throws IOException {
        String title = language.say("緊急閲覧の審査待ち", "Emergency accesses that wait for review");
        Page page = Page.open(out, language, title).lead(lead());
        if (!waiting.isEmpty()) {
            page.beginTable(title, columns());
            for (Reviews.Waiting session : waiting) {
                page.row(cells(session));
            }
            page.endTable();
        }
        page.small(
                language.say(
                        "審査の結果は POST /emergency/reviews/{番号} で JUSTIFIED または MISUSE として記録します。自分が行った閲覧は審査できません。時刻は日本時間です。",
                        "Record the outcome with POST /emergency/reviews/{number} as JUSTIFIED or MISUSE. Nobody reviews what she did herself. Times are Japan time."));
        page.close();
    }

    private String lead() {
        long overdue = waiting.stream().filter(Reviews.Waiting::overdue).count();
        return waiting.isEmpty()
                ? language.say("審査を待つ緊急閲覧はありません。", "No emergency access waits for review.")
                : language.say(
                        "審査待ち " + waiting.size() + " 件、うち期限超過 " + overdue + " 件。",
                        waiting.size() + " wait for review, " + overdue + " of them overdue.");
    }

    private List<String> columns() {
        return List.of(
                language.say("期限", "Due"),
                language.say("医療機関", "Organisation"),
                language.say("閲覧者", "User"),
                language.say("理由", "Reason"),
                language.say("説明", "Statement"),
                language.say("本人確認の方法", "Identity checked by"),
                language.say("範囲", "Step"),
                language.say("期間", "Period"),
                language.say("番号", "Number"));
    }

    private List<String> cells(Reviews.Waiting session) {
        return List.of(
                TIME.format(session.dueAt()) + (session.overdue() ? "\n" + language.say("期限超過", "overdue") : ""),
                session.organisation(),
                session.user(),
                reason(session.reason()),
                session.text(),
                session.identityMethod(),
                session.step().equals("FULL") ? language.say("全体", "everything") : language.say("要約", "summary"),
                period(session.openedAt(), session.closesAt())
                        + (session.renewed() ? "\n" + language.say("延長あり", "renewed") : ""),
                session.id().toString());
    }

    private String reason(EmergencySession.Reason reason) {
        return switch (reason) {
            case UNCONSCIOUS -> language.say("意識がない", "unconscious");
            case LIFE_THREAT -> language.say("生命の危険", "threat to life");
            case CONSENT_IMPOSSIBLE -> language.say("同意を得られない", "consent impossible");
        };
    }

    private static String period(Instant from, Instant to) {
        return TIME.format(from) + " – " + TIME.format(to);
    }
}
