package phr.fhir.facts;

import java.util.Set;

/**
 * The consent categories (区分) of the catalogue, consent-semantics.md §8, with their default labels.
 *
 * <p>Each constant names its code and the Japanese term shown to the person.
 */
public enum PhrCategory {
    DEMOGRAPHICS("demographics", "基本情報"),
    COVERAGE("coverage", "保険資格"),
    CHECKUP_SPECIFIC("checkup-specific", "特定健診"),
    CHECKUP_EMPLOYER("checkup-employer", "事業者健診"),
    CHECKUP_MUNICIPAL("checkup-municipal", "自治体検診・がん検診"),
    CHECKUP_INFANT("checkup-infant", "乳幼児健診"),
    CHECKUP_MATERNITY("checkup-maternity", "妊婦健診", Confidentiality.R, "SEX"),
    CHECKUP_OTHER("checkup-other", "その他の健診"),
    HEALTH_GUIDANCE("health-guidance", "特定保健指導"),
    IMMUNIZATION("immunization", "予防接種"),
    MEDICATION("medication", "処方・調剤"),
    MEDICATION_SELF("medication-self", "お薬手帳(本人記入)・OTC"),
    ALLERGY("allergy", "アレルギー・副作用"),
    PROBLEM("problem", "傷病名"),
    LAB("lab", "検査結果"),
    IMAGING("imaging", "画像"),
    PROCEDURE("procedure", "手術・処置"),
    ENCOUNTER("encounter", "受診歴"),
    CLINICAL_DOCUMENT("clinical-document", "診療情報提供書・サマリー", Confidentiality.R),
    DENTAL("dental", "歯科"),
    MENTAL_HEALTH("mental-health", "精神・こころ", Confidentiality.R, "MH"),
    SUBSTANCE_USE("substance-use", "飲酒・薬物", Confidentiality.R, "SUD"),
    INFECTION_SENSITIVE("infection-sensitive", "HIV・性感染症・肝炎", Confidentiality.R),
    REPRODUCTIVE("reproductive", "妊娠・不妊・月経", Confidentiality.R, "SEX"),
    GENETIC("genetic", "遺伝", Confidentiality.R, "GDIS"),
    VIOLENCE("violence", "DV・虐待", Confidentiality.V, "SDV", "VIO"),
    DISABILITY_CARE("disability-care", "障害・介護", Confidentiality.R, "COGN", "DVD"),
    FAMILY_HISTORY("family-history", "家族歴", Confidentiality.R),
    ADVANCE_DIRECTIVE("advance-directive", "事前指示", Confidentiality.R),
    QUESTIONNAIRE("questionnaire", "問診"),
    LIFELOG_ACTIVITY("lifelog-activity", "歩数・運動"),
    LIFELOG_VITALS("lifelog-vitals", "血圧・心拍・SpO2・体温"),
    LIFELOG_BODY("lifelog-body", "体重・体組成"),
    LIFELOG_GLUCOSE("lifelog-glucose", "血糖・CGM"),
    LIFELOG_SLEEP("lifelog-sleep", "睡眠"),
    LIFELOG_NUTRITION("lifelog-nutrition", "食事・飲水"),
    LIFELOG_MIND("lifelog-mind", "気分", Confidentiality.R, "MH"),
    LIFELOG_REPRODUCTIVE("lifelog-reproductive", "月経・性", Confidentiality.R, "SEX"),
    LIFELOG_LOCATION("lifelog-location", "位置・経路", Confidentiality.R, "LOCIS"),
    ECG("ecg", "心電図"),
    PATIENT_NOTE("patient-note", "本人メモ", Confidentiality.R, "PRS"),
    CLAIMS("claims", "医療費", Confidentiality.R),
    RAW_FILE("raw-file", "原本", Confidentiality.R),
    CONSENT_RECORD("consent-record", "同意・開示の記録", Confidentiality.V);

    private final String code;
    private final String japanese;
    private final Labels defaults;

    PhrCategory(String code, String japanese) {
        this(code, japanese, Confidentiality.N);
    }

    PhrCategory(String code, String japanese, Confidentiality confidentiality, String... sensitivities) {
        this.code = code;
        this.japanese = japanese;
        this.defaults = new Labels(true, confidentiality, Set.of(sensitivities));
    }

    public String code() {
        return code;
    }

    /** The name the person sees. */
    public String japanese() {
        return japanese;
    }

    /** Labels that membership alone gives. */
    public Labels defaults() {
        return defaults;
    }

    /** @throws IllegalArgumentException when the catalogue has no such code */
    public static PhrCategory parse(String code) {
        for (PhrCategory category : values()) {
            if (category.code.equals(code)) {
                return category;
            }
        }
        throw new IllegalArgumentException("no such category");
    }
}
