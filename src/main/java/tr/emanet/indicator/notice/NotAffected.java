package tr.emanet.indicator.notice;

import tr.emanet.asset.Product;

/**
 * An installed product that a notice names and whose version lies outside all versions it states. A
 * hint for people and nothing to decide.
 *
 * @param asset address or prefix of the asset
 * @param quote the versions as the notice states them
 */
public record NotAffected(String asset, String assetName, Product product, String quote) {}
