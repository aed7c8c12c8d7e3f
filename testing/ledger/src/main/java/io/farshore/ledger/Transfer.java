package io.farshore.ledger;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Money moved from one account to another; also the body of {@code POST /transfers}.
 *
 * @param id chosen by the client, so that a repeated request can be told from a second transfer
 * @param from account debited
 * @param to account credited
 * @param amount in minor units, more than 0
 * @param memo free text
 */
public record Transfer(
    @Nullable UUID id,
    @Nullable String from,
    @Nullable String to,
    long amount,
    @Nullable String memo) {
  /** Three times the 5 KB of an ordinary transfer; longer texts belong elsewhere. */
  public static final int MEMO_CHARS_MAX = 16_384;

  /** One trillion minor units: far above any balance, far below what overflows a sum. */
  public static final long AMOUNT_MAX = 1_000_000_000_000L;

  static final int ACCOUNT_CHARS_MAX = 64;

  /** What is wrong with it, one sentence for each field; empty if it may be tried. */
  @JsonIgnore
  public List<String> violations() {
    List<String> found = new ArrayList<>();
    if (id == null) {
      found.add("id: must be a UUID");
    }
    if (!isAccountName(from)) {
      found.add("from: must name an account");
    }
    if (!isAccountName(to)) {
      found.add("to: must name an account");
    }
    if (from != null && from.equals(to)) {
      found.add("to: must differ from the account debited");
    }
    if (amount < 1 || amount > AMOUNT_MAX) {
      found.add("amount: must be between 1 and 1000000000000 minor units");
    }
    if (memo == null || memo.length() > MEMO_CHARS_MAX || !isStorable(memo)) {
      found.add("memo: must be well-formed text of at most 16384 characters");
    }
    return found;
  }

  private static boolean isAccountName(@Nullable String name) {
    return name != null
        && !name.isEmpty()
        && name.length() <= ACCOUNT_CHARS_MAX
        && isStorable(name);
  }

  /** PostgreSQL stores neither NUL nor half a surrogate pair. */
  private static boolean isStorable(String text) {
    return text.indexOf('\0') < 0 && StandardCharsets.UTF_8.newEncoder().canEncode(text);
  }
}
