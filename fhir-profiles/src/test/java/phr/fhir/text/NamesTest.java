package phr.fhir.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** checkup-cda.md §5.2, row "name". */
class NamesTest {

    @ParameterizedTest
    @CsvSource({
        "ﾔﾏﾀﾞ ﾊﾅｺ,ヤマダハナコ",
        "やまだ　はなこ,ヤマダハナコ",
        "リョウコ,リヨウコ",
        "ｼﾞｮｰｼﾞ,ジヨージ",
        "ハ－ト,ハート",
        "ハ‐ト,ハート",
        "ハ-ト,ハート",
        "ゔぁん,ヴアン",
        "髙橋 涼子,髙橋涼子"
    })
    void namesThatAreWrittenDifferentlyHaveOneKey(String name, String key) {
        assertEquals(key, Names.key(name));
    }

    @Test
    void variantsOfKanjiStayDifferent() {
        assertNotEquals(Names.key("高橋"), Names.key("髙橋"));
    }

    @Test
    void onlyKanaIsKana() {
        assertTrue(Names.isKana(Names.key("さとう シゲ")));
        assertFalse(Names.isKana(Names.key("佐藤 シゲ")));
        assertFalse(Names.isKana(""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"tr-TR", "ja-JP", "th-TH"})
    void theKeyDoesNotDependOnTheLocale(String tag) {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag(tag));
            assertEquals("ヤマダハナコ", Names.key("ﾔﾏﾀﾞ　はなこ"));
        } finally {
            Locale.setDefault(before);
        }
    }
}
