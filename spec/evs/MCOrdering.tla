----------------------------- MODULE MCOrdering -----------------------------
(***************************************************************************)
(* Bounds for Ordering: how many messages are sent, by whom, and of which  *)
(* service.  Nothing else needs one, since timestamps and rows are bounded *)
(* by the messages.  A behaviour ends when all is delivered and known, so  *)
(* the end is not a deadlock.                                              *)
(***************************************************************************)
EXTENDS OrderingProperties

CONSTANT MaxMessages    \* how many messages all processes together send

MCRank == [p \in Process |->
              CASE p = "p" -> 1 [] p = "q" -> 2 [] p = "r" -> 3 [] p = "s" -> 4]

MCMaySend(p) ==
    /\ Cardinality(Sent) < MaxMessages
    /\ Cardinality(Unstable(p, p)) < Window

(***************************************************************************)
(* For Send's copies: all get on their way.  Nothing is asked for then.    *)
(* For what can happen (not for liveness) nothing is lost: a copy that     *)
(* never comes is as good as lost, and one that comes late as good as one  *)
(* that was asked for.                                                     *)
(***************************************************************************)
AllCopies(p) == {Others(p)}

(***************************************************************************)
(* NoRepetition, for Repeated: nothing comes twice, which would change     *)
(* nothing.                                                                *)
(***************************************************************************)
NoRepetition(p) == {}

(***************************************************************************)
(* Packets of another configuration with the same processes: rows ahead of *)
(* all that there is here and behind it, and messages with numbers that    *)
(* are to come.                                                            *)
(***************************************************************************)
There == [number |-> 1, members |-> Process]

ForeignRow(q, n) ==
    [type |-> "update", conf |-> There, sender |-> q,
     row |-> [sequence |-> 0, lts |-> n, aru |-> n]]

ForeignData(q) ==
    [type |-> "data", conf |-> There,
     message |-> [sender |-> q, number |-> 1, lts |-> 1,
                  service |-> "agreed"]]

MCForeign ==
    {ForeignRow(q, n) : q \in Process, n \in {0, MaxMessages}}
    \cup {ForeignData(q) : q \in Process}

-----------------------------------------------------------------------------
(***************************************************************************)
(* Ordering implements EVS in one configuration that nobody leaves:        *)
(* nothing is done there but to send and to deliver.  `image` is a history *)
(* variable, the state of EVS that the state stands for, so that TLC       *)
(* computes it once.                                                       *)
(***************************************************************************)
VARIABLE image

MCInit == Init /\ image = Image
Imaged ==
    image' = IF UNCHANGED <<store, delivered>> THEN image ELSE Image'

MCSend(p) ==
    /\ \E s \in Service, R \in SUBSET Process : Send(p, s, R)
    /\ Imaged
MCUpdate(p) == Update(p) /\ Imaged
MCReceive(p) == (\E k \in Incoming(p) : Receive(p, k)) /\ Imaged
MCAsk(p) ==
    /\ \E q \in Process : \E n \in Missing(p, q) : Ask(p, q, n)
    /\ Imaged
MCAnswer ==
    /\ \E r \in requests, arrives \in BOOLEAN : Answer(r, arrives)
    /\ Imaged
MCDeliver(p) == Deliver(p) /\ Imaged

MCNext ==
    \/ \E p \in Process : MCSend(p)
    \/ \E p \in Process : MCUpdate(p)
    \/ \E p \in Process : MCReceive(p)
    \/ \E p \in Process : MCAsk(p)
    \/ MCAnswer
    \/ \E p \in Process : MCDeliver(p)

MCVars == <<vars, image>>

MCSpec == MCInit /\ [][MCNext]_MCVars
MCFairSpec == MCSpec /\ Fairness

EVS == INSTANCE EVS WITH
    Number  <- {0},
    number  <- image.number,
    conf    <- image.conf,
    place   <- image.place,
    leaving <- image.leaving,
    log     <- image.log

EVSSend(p) ==
    \E s \in Service :
        EVS!Send(p, [sender |-> p, number |-> site[p][p].sequence + 1,
                     service |-> s])

EVSNext == \E p \in Process : EVSSend(p) \/ EVS!Deliver(p)

StartsAsEVS == EVS!Start({Process})
ImplementsEVS == [][EVSNext]_EVS!vars

(***************************************************************************)
(* Liveness: all that is sent is delivered by all.  It is the bound that   *)
(* makes sending stop.                                                     *)
(***************************************************************************)
EverythingIsDelivered ==
    []<>(\A m \in Sent : \A p \in Process : m \in Range(delivered[p]))
=============================================================================
