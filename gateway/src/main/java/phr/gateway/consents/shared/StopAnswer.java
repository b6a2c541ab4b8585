package phr.gateway.consents.shared;

import java.util.List;
import phr.gateway.consents.ConsentAnswers;
import phr.gateway.consents.Summary;

/**
 * What the stop switch did.
 *
 * @param deny the directive that now stands against the organisation
 * @param revoked ids of permits that named nobody else
 * @param overridden ids of permits that name others too and go on for them
 * @param undo how to take the stop back; revoked permits stay revoked
 */
record StopAnswer(
        String organisation,
        ConsentAnswers.Answer deny,
        List<String> revoked,
        List<String> overridden,
        Summary.Text explanation,
        SharedView.Step undo) {

    static final Summary.Text EXPLANATION = new Summary.Text(
            "この相手への提供を止めました。すでに適法に提供された情報は取り消されません。削除の依頼は別の手続きです。",
            "Nothing more is given to this recipient. What was lawfully given before is not undone; erasure is a separate act.");
}
