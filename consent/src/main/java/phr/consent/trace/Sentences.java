package phr.consent.trace;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** The sentences of a trace. They name elements and rules, never what a record or a directive says. */
public final class Sentences {

    private static final Map<Element, Sentence> FAILED = new EnumMap<>(Map.ofEntries(
            Map.entry(Element.PERSON, new Sentence("別の方の同意です。", "It is about another person.")),
            Map.entry(Element.STATE, new Sentence("この同意は有効な状態ではありません。", "Its state has no effect.")),
            Map.entry(
                    Element.LIFE_STAGE,
                    new Sentence("本人の年齢や状況により、この同意は使えません。", "The person's stage of life takes its effect away.")),
            Map.entry(Element.PHASE, new Sentence("生前・死後の別が合いません。", "It is for another phase: life, or after death.")),
            Map.entry(Element.VALIDITY, new Sentence("有効期間の外です。", "It is not valid at this time.")),
            Map.entry(Element.PURPOSE, new Sentence("利用目的が合いません。", "It names other purposes.")),
            Map.entry(Element.GRANTEE, new Sentence("相手が合いません。", "It names somebody else.")),
            Map.entry(Element.COUNTRY, new Sentence("提供先の国が合いません。", "It names other countries.")),
            Map.entry(Element.ACTION, new Sentence("行為が合いません。", "It names other actions.")),
            Map.entry(Element.SELECTOR, new Sentence("対象のデータではありません。", "It chooses other data.")),
            Map.entry(Element.LABELS, new Sentence("機微性の区分が合いません。", "Its sensitivity labels do not fit.")),
            Map.entry(
                    Element.DATA_PERIOD,
                    new Sentence("データの時期が期間に合いません。", "The time of the data does not fit its period."))));

    /** A deny that catches what has no labels yet. */
    public static final Sentence UNLABELLED = new Sentence(
            "機微性の区分がまだ付いていないため、制限付きとして扱い、拒否します。", "Without labels yet it counts as restricted, which this denies.");

    private static final Sentence PERMITS = new Sentence("この同意により許可されます。", "It permits this.");
    private static final Sentence EXCEPTION_PERMITS =
            new Sentence("この同意の例外により許可されます。", "An exception of it permits this.");
    private static final Sentence DENIES = new Sentence("この同意により拒否されます。", "It denies this.");
    private static final Sentence EXCEPTION_DENIES =
            new Sentence("この同意の例外により拒否されます。", "An exception of it denies this.");
    private static final Sentence HUMAN =
            new Sentence("この同意で足りるかどうか、人の判断が必要です。", "A human must judge whether it covers this.");
    private static final Sentence LIFTED =
            new Sentence("例外により拒否されませんが、許可でもありません。", "An exception keeps it from denying; it permits nobody.");
    private static final Sentence GIVES_WAY =
            new Sentence("救急時には拒否しないと本人が決めています。", "The person lets an emergency override it.");

    private Sentences() {}

    /** What a directive that matched did. */
    public static Sentence of(TraceStep.Result result, boolean byException) {
        return switch (result) {
            case PERMIT -> byException ? EXCEPTION_PERMITS : PERMITS;
            case DENY -> byException ? EXCEPTION_DENIES : DENIES;
            case NEEDS_HUMAN -> HUMAN;
            case LIFTED -> byException ? LIFTED : GIVES_WAY;
            case NO_MATCH, NOT_IN_FORCE -> throw new IllegalArgumentException("names the element that failed");
        };
    }

    /** Why a directive did nothing. */
    public static Sentence failed(Element element) {
        return Objects.requireNonNull(FAILED.get(element));
    }
}
