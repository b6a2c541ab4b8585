package phr.portability;

import java.nio.charset.StandardCharsets;
import java.util.List;
import phr.portability.json.JsonObject;

/** {@code README.ja.txt}: one screen for people, no record values besides the name (phr-package.md §6.6). */
final class Readme {

    private Readme() {}

    static byte[] write(Subject subject, Provider provider, String written, List<JsonObject> omissions) {
        StringBuilder missing = new StringBuilder();
        omissions.forEach(omission -> missing.append("  - ")
                .append(omission.string("what").orElse(""))
                .append(": ")
                .append(omission.string("why").orElse(""))
                .append('\n'));
        return """
                %s 様の健康記録 (PHR)

                作成者  %s (%s)
                作成日時 %s

                このフォルダーの内容
                  index.phr            目次 (SPHR 形式)
                  data/originals/      受け取ったままの原本
                  data/fhir/           HL7 FHIR R4 の記録 (1行に1件)
                  data/sphr/           血圧・歩数・体重の SPHR 形式
                  data/provenance/     どこから来た記録か
                  data/consents/       同意とその控え
                  data/summary/        患者サマリー (ips.ja.html はブラウザーで読めます)
                  data/csv/            表計算ソフトで開ける表
                  package.json         機械のための一覧

                改ざんがないことの確かめ方
                  このフォルダーで次を実行します: sha256sum -c manifest-sha256.txt
                  署名 (signature.jws) は tagmanifest-sha256.txt に対するものです (ES256)。
                  公開鍵は作成者の /.well-known/jwks.json にあります。

                ほかのサービスへ渡すには
                  元のファイル (.sphr) を、解凍も変更もせずに、新しいサービスに読み込ませてください。

                含まれていないもの
                %s
                問い合わせ先
                  %s
                """.formatted(
                        subject.name() == null ? "(氏名未登録)" : subject.name(),
                        provider.name(),
                        provider.serviceId(),
                        written,
                        missing.length() == 0 ? "  ありません\n" : missing,
                        provider.namespace())
                .getBytes(StandardCharsets.UTF_8);
    }
}
