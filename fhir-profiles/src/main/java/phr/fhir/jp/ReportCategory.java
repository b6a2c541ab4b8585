package phr.fhir.jp;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import phr.fhir.facts.PhrCategory;

/** 報告区分, {@link CheckupOid#REPORT_CATEGORY} (checkup-cda.md §4.1). */
public enum ReportCategory {
    SPECIFIC("10", "特定健診", Kind.RESULT, PhrCategory.CHECKUP_SPECIFIC),
    SPECIFIC_DELETION("19", "特定健診 削除依頼", Kind.DELETION, PhrCategory.CHECKUP_SPECIFIC),
    GUIDANCE_START("21", "特定保健指導 開始時", Kind.GUIDANCE, PhrCategory.HEALTH_GUIDANCE),
    GUIDANCE_RESULT("22", "特定保健指導 実績評価時", Kind.GUIDANCE, PhrCategory.HEALTH_GUIDANCE),
    GUIDANCE_STOPPED("23", "特定保健指導 途中終了時", Kind.GUIDANCE, PhrCategory.HEALTH_GUIDANCE),
    GUIDANCE_OTHER("24", "特定保健指導 その他", Kind.GUIDANCE, PhrCategory.HEALTH_GUIDANCE),
    GUIDANCE_INCOMPLETE("25", "特定保健指導 初回未完了", Kind.GUIDANCE, PhrCategory.HEALTH_GUIDANCE),
    STATE("30", "国への報告", Kind.RESULT, PhrCategory.CHECKUP_OTHER),
    SENT_ON("40", "特定健診以外の健診", Kind.RESULT, PhrCategory.CHECKUP_OTHER),
    EMPLOYER("41", "事業者健診", Kind.RESULT, PhrCategory.CHECKUP_EMPLOYER),
    MUNICIPAL("42", "自治体検診", Kind.RESULT, PhrCategory.CHECKUP_MUNICIPAL),
    INFANT("43", "乳幼児健診", Kind.RESULT, PhrCategory.CHECKUP_INFANT),
    MATERNITY("44", "妊婦健診", Kind.RESULT, PhrCategory.CHECKUP_MATERNITY),
    EMPLOYER_DELETION("49", "事業者健診等 削除依頼", Kind.DELETION, PhrCategory.CHECKUP_EMPLOYER),
    PUBLIC_ASSISTANCE("60", "被保護者の健診", Kind.RESULT, PhrCategory.CHECKUP_SPECIFIC),
    PUBLIC_ASSISTANCE_DELETION("69", "被保護者の健診 削除依頼", Kind.DELETION, PhrCategory.CHECKUP_SPECIFIC),
    EQUIVALENT("70", "保険者以外が行う相当健診", Kind.RESULT, PhrCategory.CHECKUP_SPECIFIC),
    EQUIVALENT_DELETION("79", "相当健診 削除依頼", Kind.DELETION, PhrCategory.CHECKUP_SPECIFIC),
    INSURER_OTHER("80", "保険者が行うその他健診", Kind.RESULT, PhrCategory.CHECKUP_OTHER),
    INSURER_OTHER_DELETION("89", "保険者が行うその他健診 削除依頼", Kind.DELETION, PhrCategory.CHECKUP_OTHER),
    OTHER_SCREENING("90", "その他検診", Kind.RESULT, PhrCategory.CHECKUP_OTHER),
    OTHER("99", "そのほかの健診", Kind.RESULT, PhrCategory.CHECKUP_OTHER);

    /** What a report is about. */
    public enum Kind {
        RESULT,
        /** 特定保健指導, schema hg08. */
        GUIDANCE,
        /** 削除依頼: a person decides, nothing is stored as a result. */
        DELETION
    }

    private final String code;
    private final String japanese;
    private final Kind kind;
    private final PhrCategory category;

    ReportCategory(String code, String japanese, Kind kind, PhrCategory category) {
        this.code = code;
        this.japanese = japanese;
        this.kind = kind;
        this.category = category;
    }

    public static Optional<ReportCategory> find(@Nullable String code) {
        for (ReportCategory category : values()) {
            if (category.code.equals(code)) {
                return Optional.of(category);
            }
        }
        return Optional.empty();
    }

    public String code() {
        return code;
    }

    public String japanese() {
        return japanese;
    }

    public Kind kind() {
        return kind;
    }

    /** Consent category of the report and its results. */
    public PhrCategory category() {
        return category;
    }
}
