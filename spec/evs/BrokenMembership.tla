-------------------------- MODULE BrokenMembership --------------------------
(***************************************************************************)
(* Membership with one rule broken; each Broken model puts one of these in *)
(* the place of the definition it names.                                   *)
(***************************************************************************)
EXTENDS MCMembership

(***************************************************************************)
(* For Afresh: who has installed a configuration is still obliged to those *)
(* it came with.                                                           *)
(***************************************************************************)
StaleObligations(p) == obliged[p]

(***************************************************************************)
(* For Remembered: obligations are dropped when a proposal is given up.    *)
(***************************************************************************)
NoObligations(p) == {}

(***************************************************************************)
(* For Receiving: packets of the old configuration are taken after the     *)
(* report.                                                                 *)
(***************************************************************************)
ReceivingLate == {"operational", "gather", "recovery"}

(***************************************************************************)
(* For Loaded: the counter is not incremented when it is read back.        *)
(***************************************************************************)
NotIncremented(p) == number[p]

(***************************************************************************)
(* For MayDeliver: a safe message is delivered as an agreed one is.        *)
(***************************************************************************)
AtAgreed(p, i) == TRUE

(***************************************************************************)
(* For Script: nothing is discarded behind a hole.                         *)
(***************************************************************************)
AllHeld(p) ==
    SelectSeq([i \in 1..Len(order[conf[p]]) |-> i],
              LAMBDA i : i \in store[p])

(***************************************************************************)
(* For IsComplete: a process installs what it has acknowledged itself.     *)
(***************************************************************************)
OwnAcknowledgement(p) == proposal[p] # None /\ p \in acks[proposal[p]]

(***************************************************************************)
(* For Boundary: each process counts on from what it delivered itself.     *)
(***************************************************************************)
OwnBoundary(p) ==
    LET first == report[proposal[p]][p].bound
        held == Prefix(Available(p))
        agreed(i) == order[conf[p]][i].service = "agreed"
    IN  Max({first} \cup {i \in first..held :
                            \A j \in (first + 1)..i : agreed(j)})

(***************************************************************************)
(* For Available: nothing is rebroadcast.                                  *)
(***************************************************************************)
OwnOnly(p) == store[p]

(***************************************************************************)
(* For ObligedTo: nobody is obliged to anybody, not even to oneself.       *)
(***************************************************************************)
Nobody(p) == {}

(***************************************************************************)
(* For Acknowledges: who has left a configuration for gather still         *)
(* acknowledges there.                                                     *)
(***************************************************************************)
AcknowledgesInGather(p) == mode[p] \in {"operational", "gather"}

(***************************************************************************)
(* For MaySend, to find sooner what StaleObligations breaks: nothing is    *)
(* sent in the first configuration.                                        *)
(***************************************************************************)
NotAtFirst(p) == p \in Senders /\ conf[p] # None /\ conf[p].number > 0

(***************************************************************************)
(* For FirstNumber: the first configuration has another number than in     *)
(* EVS.                                                                    *)
(***************************************************************************)
Later == 1

(***************************************************************************)
(* For SendEvent: a message is recorded as sent by whoever comes first.    *)
(***************************************************************************)
SentByAnother(m, c) ==
    [type |-> "send", conf |-> c,
     message |-> [m EXCEPT !.sender = CHOOSE q \in Process : q # m.sender]]

(***************************************************************************)
(* For NewNumbers: a number beyond those that there are.                   *)
(***************************************************************************)
Beyond(G) == {MaxChanges + 2}
=============================================================================
