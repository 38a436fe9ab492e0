------------------------------ MODULE AtomicEVS ------------------------------
(***************************************************************************)
(* MCEVS with larger bounds, by larger steps: a process that has committed *)
(* delivers all up to and with the next regular configuration in one step, *)
(* as the paper's step 6 is atomic; or any beginning of it, and crashes.   *)
(*                                                                         *)
(* No violation is lost.  What a process delivers once it has committed    *)
(* touches nothing of others, nor what a cascade inherits.  So in every    *)
(* behaviour these deliveries can come right before the installation or    *)
(* the crash, or where the process is taken into another proposal, right   *)
(* before the next of these; precedence stays the same.  Where a behaviour *)
(* ends before that, it can be prolonged by the installation, and a        *)
(* specification that is violated stays so.                                *)
(***************************************************************************)
EXTENDS MCEVS

(***************************************************************************)
(* What p still delivers up to the next regular configuration, as events;  *)
(* if it is stuck, up to the transitional one.                             *)
(***************************************************************************)
Remaining(p) ==
    LET script == E!Script(p)
        bound == leaving[p].bound
        in(i) == IF i =< bound THEN conf[p] ELSE Transitional(p)
        event(i) == DeliverEvent(script[i], in(i))
        events(i, j) == [k \in 1..(j - i) |-> event(i + k)]
    IN  IF p \in E!Stuck THEN events(place[p], bound)
        ELSE events(place[p], bound)
             \o <<ConfEvent(Transitional(p))>>
             \o events(bound, Len(script))
             \o <<ConfEvent(leaving[p].to)>>

RecordAll(p, events) ==
    history' = IF Histories THEN [history EXCEPT ![p] = @ \o events]
               ELSE history

Leave(p) ==
    /\ p \in E!Leaving \ E!Stuck
    /\ E!Arrive(p)
    /\ RecordAll(p, Remaining(p))
    /\ UNCHANGED <<sent, changes>>

(***************************************************************************)
(* The process p crashes when it has delivered n of these, but not the     *)
(* next regular configuration.                                             *)
(***************************************************************************)
Halfway(p) ==
    0..(IF p \in E!Stuck THEN Len(Remaining(p)) ELSE Len(Remaining(p)) - 1)

Failing(p, n) ==
    LET before == SubSeq(Remaining(p), 1, n)
        moved == \E i \in 1..n : before[i].type = "conf"
    IN  before \o <<[FailEvent(p) EXCEPT
                        !.conf = IF moved THEN Transitional(p) ELSE @]>>

CrashLeaving(p) ==
    /\ p \in E!Leaving
    /\ Changed
    /\ E!Crash(p)
    /\ \E n \in Halfway(p) : RecordAll(p, Failing(p, n))
    /\ UNCHANGED sent

AtomicNext ==
    \/ \E p \in Process : Send(p)
    \/ \E p \in E!Staying : Deliver(p)
    \/ \E p \in Process : Leave(p)
    \/ \E p \in Process : Repair(p)
    \/ \E G \in SUBSET Process : Form(G)
    \/ \E p \in E!Staying : Crash(p)
    \/ \E p \in Process : CrashLeaving(p)
    \/ \E p \in Process : Recover(p)

AtomicSpec == Init /\ [][AtomicNext]_vars
=============================================================================
