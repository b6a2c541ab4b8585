package phr.consent.ledger;

/** How a directive was collected (consent-semantics.md §9). */
public enum CollectionMethod {
    SCREEN,
    PAPER,
    ORAL_RECORDED,
    /** マイナ保険証, 24 hours. */
    CARD_24H,
    IMPORT
}
