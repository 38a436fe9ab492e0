--------------------------- MODULE BrokenOrdering ---------------------------
(***************************************************************************)
(* Ordering with one rule broken; each Broken model puts one of these in   *)
(* the place of the definition it names.                                   *)
(***************************************************************************)
EXTENDS MCOrdering

(***************************************************************************)
(* For Deliverable: a safe message is delivered where an agreed one would  *)
(* be.  An agreed one is delivered as soon as it is the first of those     *)
(* that are here.                                                          *)
(***************************************************************************)
SafeAtAgreed(p, m) == m.lts =< site[p][p].aru

AgreedAtOnce(p, m) == m.service = "safe" => m.lts =< GlobalAru(p)

(***************************************************************************)
(* For IsOurs: the configuration in the header is not looked at.           *)
(***************************************************************************)
AnyConfiguration(k) == TRUE

(***************************************************************************)
(* For Merged: what comes last replaces what is known.                     *)
(***************************************************************************)
Replaced(old, new) == new

(***************************************************************************)
(* For Foreign: rows from the beginning of another configuration; and rows *)
(* that know of a message that does not exist here.                        *)
(***************************************************************************)
YoungForeign == {ForeignRow(q, 0) : q \in Process}

GapForeign ==
    {[type |-> "update", conf |-> There, sender |-> "q",
      row |-> [sequence |-> MaxMessages + 1, lts |-> 0, aru |-> 0]]}

(***************************************************************************)
(* For Vouched: the timestamp in the row is believed though a message that *)
(* the row knows of is missing.                                            *)
(***************************************************************************)
OverGap(has, rows, q) == rows[q].lts

(***************************************************************************)
(* For MaySend: no window.                                                 *)
(***************************************************************************)
NoWindow(p) == Cardinality(Sent) < MaxMessages

(***************************************************************************)
(* For Unstable: a message is no longer kept once it can be delivered in   *)
(* agreed order.                                                           *)
(***************************************************************************)
UntilAgreed(p, q) == {m \in From(store[p], q) : m.lts > site[p][p].aru}

(***************************************************************************)
(* For NextLts.  The letter of the paper: the timestamp is not lower than  *)
(* Site_Lts, if only it is higher than that of the sender's own last       *)
(* message; and no rule at all.                                            *)
(***************************************************************************)
LiteralLts(p) ==
    LET own == {m.lts : m \in From(store[p], p)}
    IN  Max(site[p][p].lts, Greatest({0} \cup own) + 1)

ClockStands(p) == site[p][p].lts

(***************************************************************************)
(* For Here: another configuration than the one that EVS starts in.        *)
(***************************************************************************)
Elsewhere == There

(***************************************************************************)
(* For Rank: nobody is first among equals.                                 *)
(***************************************************************************)
SameRank == [p \in Process |-> 1]

(***************************************************************************)
(* For MayAsk: nobody asks for what is missing.  For IsNews: nobody sends  *)
(* updates. For Kept: nobody keeps a message for others.                   *)
(***************************************************************************)
NeverAsk(p, q, n) == FALSE
NoUpdates(u, sites) == FALSE
KeepsNothing(q, n) == {}
=============================================================================
