/** What {@code gatewatch ledger} asks the ledger, and how it says the answers. */
package io.gatewatch.sql.ledger;
