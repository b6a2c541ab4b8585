package phr.gateway.consents;

import java.util.Map;
import phr.gateway.pages.Language;

/** Codes of a receipt in the words of people; a code without words stays as it is. */
final class ReceiptWords {

    private static final Map<String, String> JAPANESE = Map.ofEntries(
            Map.entry("read", "閲覧する"),
            Map.entry("keep", "保存する"),
            Map.entry("use", "利用する"),
            Map.entry("disclose", "第三者に提供する"),
            Map.entry("contribute", "書き込む"),
            Map.entry("correct", "訂正を提案する"),
            Map.entry("subscribe", "新しい情報の通知を受ける"),
            Map.entry("export", "まとめて受け取る"),
            Map.entry("ALL", "すべて"),
            Map.entry("JP", "日本"),
            Map.entry("CONSENT", "本人の同意"),
            Map.entry("NONE", "なし"),
            Map.entry("SCREEN", "画面"),
            Map.entry("PAPER", "書面"),
            Map.entry("ORAL_RECORDED", "口頭(記録あり)"),
            Map.entry("CARD_24H", "マイナ保険証(24時間)"),
            Map.entry("IMPORT", "他の事業者からの移行"),
            Map.entry("GRANTED", "同意した"),
            Map.entry("AMENDED", "変更した"),
            Map.entry("REVOKED", "撤回した"),
            Map.entry("ACTIVE", "有効"),
            Map.entry("AGGREGATE_ONLY", "集計値だけ"),
            Map.entry("POPULATION_ONLY", "集団の統計だけ"),
            Map.entry("NO_ONWARD", "再提供しない"),
            Map.entry("NO_STORE", "保存しない"),
            Map.entry("ERASE_BY", "期限までに消去する"),
            Map.entry("portal: consents > withdraw", "ポータルの「同意」から「撤回」を選ぶ"));

    private ReceiptWords() {}

    static String of(String code, Language language) {
        return language == Language.JAPANESE ? JAPANESE.getOrDefault(code, code) : code;
    }
}
