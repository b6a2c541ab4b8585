package phr.fhir.text;

import java.nio.charset.Charset;

/** Legacy Japanese character sets. */
public final class Charsets {

    /** What Japanese systems mean by Shift_JIS: with ①, ㈱ and the variant kanji of names such as 髙. */
    public static final Charset WINDOWS_31J = Charset.forName("windows-31j");

    private Charsets() {}
}
