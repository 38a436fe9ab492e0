---------------------------- MODULE BrokenFilter ----------------------------
(***************************************************************************)
(* The filter, the service below it or the virtual synchrony above it,     *)
(* with one thing done otherwise; each Broken model puts one of these in   *)
(* the place of the definition it names.                                   *)
(***************************************************************************)
EXTENDS MCFilter

-----------------------------------------------------------------------------
(***************************************************************************)
(* F1: for Mask.  The transitional configuration is shown as a view; a     *)
(* message is made of it; or the next view is shown there already, and     *)
(* then, for TakeView, no more, so that what follows counts to that one.   *)
(***************************************************************************)
Masking(p, e) ==
    /\ MayDelay
    /\ F!Mask(p)
    /\ Record(p, e)
    /\ UNCHANGED <<sent, changes, owed, arrives>>

Shows(p) ==
    Masking(p, [type |-> "VIEW_CHANGE",
                view |-> [epoch   |-> conf[p].number,
                          members |-> F!ListOf(leaving[p].members)]])

Forges(p) == Masking(p, [Message(p, "agreed") EXCEPT !.number = 0])

ShowsNext(p) == Masking(p, F!ViewNotice(p, leaving[p].to))

ShowsNoMore(p) ==
    /\ MayDelay
    /\ F!TakeView(p, <<>>)
    /\ UNCHANGED <<sent, changes, taken, owed, arrives>>

(***************************************************************************)
(* F1: for TakeMessage.  What comes in a transitional configuration is     *)
(* thrown away.                                                            *)
(***************************************************************************)
ThrowsAway(p) ==
    /\ MayDelay
    /\ F!TakeMessage(p, <<>>)
    /\ IF leaving[p] # None /\ leaving[p].moved THEN UNCHANGED taken
       ELSE Record(p, F!E!Coming(p))
    /\ UNCHANGED <<sent, changes, owed, arrives>>

(***************************************************************************)
(* F2: for ViewNotice.  Each is told a list that it heads itself.          *)
(***************************************************************************)
OwnList(p, c) ==
    [type |-> "VIEW_CHANGE",
     view |-> [epoch   |-> c.number,
               members |-> <<p>> \o F!ListOf(c.members \ {p})]]

(***************************************************************************)
(* F3: for MaySend of EVS, nothing is held back; for Held, what cannot be  *)
(* sent at once is thrown away.                                            *)
(***************************************************************************)
WhoeverIsUp(p) == p \in F!E!Up

DropsHeld(p, ms) ==
    [pending EXCEPT ![p] = IF F!E!MaySend(p) THEN @ \o ms ELSE <<>>]

(***************************************************************************)
(* F4: for Fail.  What was held back, or has still to be said, outlives a  *)
(* failure.  And for Recover of EVS: so does the number not.               *)
(***************************************************************************)
KeepsPending(p, left) ==
    /\ F!E!Crash(p)
    /\ notices' = [notices EXCEPT ![p] = left]
    /\ UNCHANGED pending

KeepsNotices(p, left) ==
    /\ F!E!Crash(p)
    /\ pending' = [pending EXCEPT ![p] = <<>>]
    /\ UNCHANGED notices

SameNumber(p) ==
    /\ p \notin F!E!Up
    /\ conf' = [conf EXCEPT ![p] = F!E!Alone(p, number[p])]
    /\ log' = [c \in DOMAIN log \cup {F!E!Alone(p, number[p])} |->
                  IF c \in DOMAIN log THEN log[c] ELSE F!E!Present(c)]
    /\ UNCHANGED <<number, place, leaving>>

-----------------------------------------------------------------------------
(***************************************************************************)
(* The service.  For Deliver: what is delivered stays.  For Script: each   *)
(* process has its own messages first; a transitional set does not deliver *)
(* the same.                                                               *)
(***************************************************************************)
Again(p) ==
    /\ p \in F!E!Up
    /\ place[p] < F!E!Until(p)
    /\ UNCHANGED evsVars

Sent(p) == log[conf[p]].order
Behind(p) == SubSeq(Sent(p), leaving[p].held + 1, Len(Sent(p)))

OwnFirst(p) ==
    SelectSeq(Sent(p), LAMBDA m : m.sender = p)
    \o SelectSeq(Sent(p), LAMBDA m : m.sender # p)

OwnBehind(p) ==
    IF leaving[p] = None THEN Sent(p)
    ELSE SubSeq(Sent(p), 1, leaving[p].held)
         \o SelectSeq(Behind(p), LAMBDA m : m.sender = p)

-----------------------------------------------------------------------------
(***************************************************************************)
(* For Init of the filter: nobody is told of the view that it starts in.   *)
(***************************************************************************)
Untold ==
    /\ F!E!Init
    /\ notices = [p \in Process |-> <<>>]
    /\ pending = [p \in Process |-> <<>>]

(***************************************************************************)
(* What LooseVirtualSynchrony allows and VirtualSynchrony does not, taken  *)
(* back.  For WhoMoves: two views at most become one (L1); all of a view   *)
(* are told of it, or nobody (L2).  For Kept: only what those who move     *)
(* sent themselves (L3).  For Quit: those who are left are given a view at *)
(* once (L4).  For Arrive: what is said in one view is not ordered in      *)
(* another (L5).                                                           *)
(***************************************************************************)
OneOrTwo(G) ==
    {A \in SUBSET G : Cardinality({Net[p] : p \in A}) =< 2}

AllOrNobody(G) == {G, {}}

OwnKept(T) == {T}

LeavesView(s, left) ==
    /\ Loose!Leave(s, left)
    /\ pending' = [pending EXCEPT ![s] = <<>>]

OfThisView(s) ==
    /\ pending[s] # <<>>
    /\ Head(pending[s]).knew = Net[s].epoch
    /\ UNCHANGED Net
=============================================================================
