-------------------------- MODULE RefusedWackamole --------------------------
(***************************************************************************)
(* What the invariants of Wackamole refuse.  Every state below is wrong in *)
(* one thing, and names the invariant that must not hold in it.  So an     *)
(* invariant that became weaker by a slip is noticed, although no model of *)
(* the algorithm ever comes to such a state.                               *)
(*                                                                         *)
(* Nothing happens: each state is an initial one, and stays as it is.      *)
(***************************************************************************)
EXTENDS MCWackamole

VARIABLE refusedBy

-----------------------------------------------------------------------------
(***************************************************************************)
(* A state that all of them accept: s1 and s2 run in one view, each covers *)
(* one address, and nothing is under way.                                  *)
(***************************************************************************)
Both == [epoch |-> 0, members |-> <<"s1", "s2">>]
Halves == [g \in Group |-> IF g = {"a1"} THEN "s1" ELSE "s2"]
Fine ==
    [epoch |-> 0,
     net |-> [s \in Server |-> Both],
     inbox |-> [s \in Server |-> <<>>],
     state |-> [s \in Server |-> "RUN"],
     mature |-> [s \in Server |-> TRUE],
     view |-> [s \in Server |-> Both],
     current_table |-> [s \in Server |-> Halves],
     old_table |-> [s \in Server |-> Nobody],
     received |-> [s \in Server |-> {}],
     prefs |-> [s \in Server |-> Unknown],
     handover |-> [s \in Server |-> Nobody],
     held |-> [s \in Server |-> Owned(Halves, s)]]

With(variable, value) == [Fine EXCEPT ![variable] = value]
At1(variable, value) == [Fine EXCEPT ![variable]["s1"] = value]
Takes1(e) == At1("inbox", <<e>>)

-----------------------------------------------------------------------------
(***************************************************************************)
(* TypeOK: each variable, each kind of event, and each of its fields.      *)
(***************************************************************************)
Nowhere == [epoch |-> 0, members |-> <<"s1", "x">>]
NoAddress == {{"x"}}
NoTable == [g \in Group |-> "x"]

AState == [type |-> "STATE_MSG", sender |-> "s1", view |-> Both,
           owns |-> {}, mature |-> TRUE, prefers |-> {}]
ABalance == [type |-> "BALANCE_MSG", sender |-> "s1", table |-> Halves]
ARelease == [type |-> "RELEASED_MSG", sender |-> "s1", released |-> {}]

IllTyped ==
    <<With("epoch", MaxEpoch + 1),
      At1("net", Nowhere),
      [Fine EXCEPT !.net["s1"].epoch = 1, !.view["s1"].epoch = 1],
      With("inbox", [s \in Server \cup {"x"} |-> <<>>]),
      Takes1([type |-> "OTHER"]),
      Takes1([type |-> "VIEW_CHANGE", view |-> Nowhere]),
      Takes1([type |-> "OTHER", view |-> Both]),
      Takes1([AState EXCEPT !.type = "BALANCE_MSG"]),
      Takes1([AState EXCEPT !.sender = "x"]),
      Takes1([AState EXCEPT !.view = Nowhere]),
      Takes1([AState EXCEPT !.owns = NoAddress]),
      Takes1([AState EXCEPT !.prefers = NoAddress]),
      Takes1([ABalance EXCEPT !.sender = "x"]),
      Takes1([ABalance EXCEPT !.table = NoTable]),
      Takes1([ARelease EXCEPT !.sender = "x"]),
      Takes1([ARelease EXCEPT !.released = NoAddress]),
      At1("state", "x"),
      [Fine EXCEPT !.state["s1"] = "DISCONNECTED", !.held["s1"] = {}],
      At1("view", NoView),
      At1("view", Nowhere),
      At1("view", [epoch |-> 0, members |-> <<"s2">>]),
      With("mature", [s \in {"s1"} |-> TRUE]),
      At1("current_table", NoTable),
      At1("old_table", NoTable),
      At1("received", {"x"}),
      At1("prefs", [s \in Server |-> NoAddress]),
      At1("handover", NoTable),
      At1("held", NoAddress)>>

-----------------------------------------------------------------------------
(***************************************************************************)
(* Correctness: an address that nobody covers and that is on no way to     *)
(* anybody, and one that is covered twice, whatever is under way.          *)
(***************************************************************************)
Lacking == [Fine EXCEPT !.held["s1"] = {}]
LackingWith(e) == [Lacking EXCEPT !.inbox["s1"] = <<e>>]
Order(owner) == [ABalance EXCEPT !.table = [g \in Group |-> owner]]

Incorrect ==
    <<Lacking,
      LackingWith(Order("s2")),
      LackingWith([ARelease EXCEPT !.released = {{"a1"}}]),
      [LackingWith([ARelease EXCEPT !.released = {{"a2"}}]) EXCEPT
          !.handover["s1"] = [g \in Group |-> "s1"]],
      [LackingWith([ARelease EXCEPT !.released = {{"a1"}}]) EXCEPT
          !.handover["s1"] = [g \in Group |-> "s2"]],
      LackingWith([ABalance EXCEPT !.table =
                      [g \in Group |-> IF g = {"a1"} THEN "s2" ELSE "s1"]]),
      [Fine EXCEPT !.held["s2"] = Group],
      [Fine EXCEPT !.held["s2"] = Group, !.inbox["s1"] = <<Order("s1")>>],
      [Fine EXCEPT !.held["s1"] = Group, !.inbox["s2"] = <<Order("s2")>>]>>

-----------------------------------------------------------------------------
(***************************************************************************)
(* The others.                                                             *)
(***************************************************************************)
Twice == <<[Fine EXCEPT !.held["s2"] = Group], [Fine EXCEPT !.held["s1"] = Group]>>
Immature == <<At1("mature", FALSE)>>
Disconnected == <<[Fine EXCEPT !.state["s1"] = "DISCONNECTED", !.view["s1"] = NoView]>>
Misclaimed ==
    <<At1("state", "GATHER"),
      [Fine EXCEPT !.state["s1"] = "GATHER", !.held["s1"] = {}, !.old_table["s1"] = Halves]>>
Disagreeing ==
    <<At1("handover", Halves),
      At1("held", {}),
      At1("held", Group),
      [Fine EXCEPT !.current_table["s1"] = [Halves EXCEPT ![{"a2"}] = None]],
      [Fine EXCEPT !.current_table["s2"] = [Halves EXCEPT ![{"a1"}] = None]]>>

-----------------------------------------------------------------------------
Refusals ==
    [TypeOK |-> IllTyped, Correctness |-> Incorrect, AtMostOnce |-> Twice,
     ImmatureCoversNothing |-> Immature, DisconnectedCoversNothing |-> Disconnected,
     ClaimsWhatItHolds |-> Misclaimed, TablesAgree |-> Disagreeing]

RefusedInit ==
    \E name \in DOMAIN Refusals : \E i \in DOMAIN Refusals[name] :
        LET w == Refusals[name][i]
        IN  /\ refusedBy = name
            /\ epoch = w.epoch
            /\ net = w.net
            /\ inbox = w.inbox
            /\ state = w.state
            /\ mature = w.mature
            /\ view = w.view
            /\ current_table = w.current_table
            /\ old_table = w.old_table
            /\ received = w.received
            /\ prefs = w.prefs
            /\ handover = w.handover
            /\ held = w.held

RefusedSpec == RefusedInit /\ [][UNCHANGED <<vars, refusedBy>>]_<<vars, refusedBy>>

(***************************************************************************)
(* Lenient, for an invariant: one that became so weak that it accepts all. *)
(***************************************************************************)
Lenient == TRUE

Refused ==
    CASE refusedBy = "TypeOK" -> ~TypeOK
      [] refusedBy = "Correctness" -> ~Correctness
      [] refusedBy = "AtMostOnce" -> ~AtMostOnce
      [] refusedBy = "ImmatureCoversNothing" -> ~ImmatureCoversNothing
      [] refusedBy = "DisconnectedCoversNothing" -> ~DisconnectedCoversNothing
      [] refusedBy = "ClaimsWhatItHolds" -> ~ClaimsWhatItHolds
      [] refusedBy = "TablesAgree" -> ~TablesAgree
=============================================================================
