package phr.consent.receipt;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import phr.consent.Action;
import phr.consent.directive.Directive;
import phr.consent.directive.Elements;
import phr.consent.directive.Grantee;
import phr.consent.directive.LabelRule;
import phr.consent.directive.Purposes;
import phr.consent.directive.Selectors;
import phr.consent.directive.Window;
import phr.fhir.facts.PhrCategory;

/** A directive as one sentence for the person. Says what the elements say, nothing of any record. */
public final class Sentence {

    private static final ZoneId TOKYO = ZoneId.of("Asia/Tokyo");

    private Sentence() {}

    public static String japanese(Directive directive, Names names) {
        Elements base = directive.base();
        String text = who(base, names, "すべての相手", "、") + "が" + purposes(base, "すべての目的", "、", Purposes::japanese)
                + "のために、" + what(base, "すべての情報", "選んだ情報", "、", true) + labels(base, "(機微な情報を含む)") + "を"
                + actions(base, "取り扱う", "、", Sentence::verb) + "ことを"
                + (directive.effect().permits() ? "許可します" : "拒否します");
        return text + period(base.validity(), "(期間:", "から", "まで)", "(期間の終わりなし)")
                + (directive.exceptions().isEmpty() ? "" : "(例外あり)") + "。";
    }

    public static String english(Directive directive, Names names) {
        Elements base = directive.base();
        String text =
                (directive.effect().permits() ? "Allows " : "Denies ") + who(base, names, "everyone", ", ") + " to "
                        + actions(base, "do anything with", ", ", Action::code) + " "
                        + what(base, "all data", "the chosen data", ", ", false)
                        + labels(base, " (including everything sensitive)")
                        + " for " + purposes(base, "any purpose", ", ", Purposes::english);
        return text + period(base.validity(), " (from ", " until ", ")", " (without end)")
                + (directive.exceptions().isEmpty() ? "" : " (with exceptions)") + ".";
    }

    private static String who(Elements base, Names names, String everyone, String separator) {
        Collection<Grantee> grantees = base.grantees() == null ? List.of(Grantee.ANY) : base.grantees();
        return grantees.stream()
                .sorted()
                .map(grantee -> {
                    String name = names.of(grantee);
                    return grantee.kind() == Grantee.Kind.ANY ? everyone : name == null ? grantee.id() : name;
                })
                .collect(Collectors.joining(separator));
    }

    private static String purposes(Elements base, String all, String separator, UnaryOperator<String> text) {
        return base.purposes() == null
                ? all
                : base.purposes().stream().sorted().map(text).collect(Collectors.joining(separator));
    }

    private static String what(Elements base, String all, String chosen, String separator, boolean japanese) {
        Selectors selectors = base.selectors();
        if (selectors == null || selectors.all()) {
            return threshold(base.labels(), all, separator, japanese);
        }
        Stream<String> parts = selectors.list().stream()
                .flatMap(selector -> selector.onlyCategories()
                        ? selector.categories().stream()
                                .sorted()
                                .map(code -> japanese ? PhrCategory.parse(code).japanese() : code)
                        : Stream.of(chosen));
        return parts.distinct().collect(Collectors.joining(separator));
    }

    /** A deny that names labels hides what carries one of them. */
    private static String threshold(@Nullable LabelRule labels, String all, String separator, boolean japanese) {
        if (labels == null || labels.sensitivities().isEmpty()) {
            return all;
        }
        String codes = labels.sensitivities().stream().sorted().collect(Collectors.joining(separator));
        return japanese ? codes + "に関する情報" : "data labelled " + codes;
    }

    private static String labels(Elements base, String sensitive) {
        return base.labels() != null && base.labels().equals(LabelRule.ANY) ? sensitive : "";
    }

    private static String actions(Elements base, String all, String separator, Function<Action, String> text) {
        return base.actions() == null
                ? all
                : base.actions().stream()
                        .sorted(Comparator.naturalOrder())
                        .map(text)
                        .collect(Collectors.joining(separator));
    }

    private static String verb(Action action) {
        return switch (action) {
            case READ -> "閲覧する";
            case KEEP -> "保存する";
            case USE -> "利用する";
            case DISCLOSE -> "第三者に提供する";
            case CONTRIBUTE -> "書き込む";
            case CORRECT -> "訂正を提案する";
            case SUBSCRIBE -> "新しい情報の通知を受ける";
            case EXPORT -> "まとめて受け取る";
        };
    }

    private static String period(@Nullable Window validity, String before, String from, String after, String open) {
        if (validity == null || validity.until() == null) {
            return open;
        }
        String start = validity.from() == null ? "" : day(validity.from()) + from;
        return before + start + day(validity.until().minusNanos(1)) + after;
    }

    private static LocalDate day(Instant instant) {
        return instant.atZone(TOKYO).toLocalDate();
    }
}
