package phr.fhir.jp;

/**
 * One item of 自治体検診 (checkup-fhir.md §10).
 *
 * @param item its row as items are read: value type, unit, answer list. The contents of the answer lists are not public
 * @param category HL7 category of its results, e.g. {@code imaging}
 * @param group code of its group in {@link CheckupSystem#GROUP}, empty = none
 * @param screening 51 肺, 52 乳, 53 胃, 54 子宮頸, 55 大腸, 56 肝炎, 57 骨粗鬆症, 58 歯周疾患
 * @param stage 1 一次検診, 2 精密検査
 */
public record MunicipalItem(CheckupItem item, String category, String group, String screening, int stage) {}
