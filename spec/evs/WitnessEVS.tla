----------------------------- MODULE WitnessEVS -----------------------------
(***************************************************************************)
(* What a correct service does and one might not expect.  Each Never is    *)
(* violated: TLC shows how it happens.                                     *)
(***************************************************************************)
EXTENDS AtomicEVS

Events(p) == DOMAIN history[p]
Event(p, i) == history[p][i]
IsTransitional(c) == ~S!IsRegular(c)

(***************************************************************************)
(* A safe message that could not be delivered in the regular configuration *)
(* is delivered in the transitional one.                                   *)
(***************************************************************************)
NeverSafeInTransitional ==
    \A p \in Process : \A i \in S!SafeDeliveries(history, p) :
        S!IsRegular(Event(p, i).conf)

NeverSafeInRegular ==
    \A p \in Process : \A i \in S!SafeDeliveries(history, p) :
        IsTransitional(Event(p, i).conf)

(***************************************************************************)
(* The process p delivers m in a transitional configuration, never having  *)
(* delivered what another delivered before m in the same regular one.      *)
(***************************************************************************)
NeverBehindHole ==
    \A p, q \in Process : \A i \in S!Deliveries(history, p) :
        LET m == Event(p, i).message
            r == S!Reg(Event(p, i).conf)
        IN  \A j, k \in S!Deliveries(history, q) :
                /\ S!Reg(Event(q, j).conf) = r
                /\ j < k
                /\ Event(q, k).message = m
                => S!DeliversIn(history, p, Event(q, j).message, r) # {}

(***************************************************************************)
(* A process is taken out of one proposal into another, and brings its     *)
(* obligations with it.                                                    *)
(***************************************************************************)
NeverCascades ==
    \A p \in E!Leaving : leaving[p].obliged \subseteq leaving[p].members

(***************************************************************************)
(* Who sent what p delivers in this step behind the hole without being in  *)
(* its transitional configuration.                                         *)
(***************************************************************************)
Forcing(p) ==
    LET before == E!Range(SubSeq(log[conf[p]].order, 1, leaving[p].held))
        now == {history'[p][i] :
                    i \in (Len(history[p]) + 1)..Len(history'[p])}
        behind == {e \in now : e.type = "deliver" /\ e.message \notin before}
    IN  {e.message.sender : e \in behind} \ leaving[p].members

(***************************************************************************)
(* Behind the hole p delivers a message of a process that is not in its    *)
(* transitional configuration, since it is obliged to it.                  *)
(***************************************************************************)
NeverForced == [][\A p \in E!Leaving : Forcing(p) = {}]_vars

(***************************************************************************)
(* Who sent what p is to deliver behind the hole by the commitment that it *)
(* makes in this step, of those to whom it was obliged before and who do   *)
(* not come with it.                                                       *)
(***************************************************************************)
Owed(p) ==
    LET order == log[conf[p]].order
        now == leaving'[p]
        behind == {order[i] : i \in (now.held + 1)..Len(order)}
    IN  ({m.sender : m \in behind} \cap leaving[p].obliged) \ now.members

Recommits(p) == p \in E!Leaving /\ leaving'[p] \notin {None, leaving[p]}

(***************************************************************************)
(* Two processes of one transitional set bring obligations to different    *)
(* processes, and messages of both are to be delivered.                    *)
(***************************************************************************)
NeverTwoObligations ==
    [][\A p, q \in E!Leaving :
          Recommits(p) /\ Recommits(q) /\ q \in leaving'[p].members =>
              Owed(p) \subseteq Owed(q) \/ Owed(q) \subseteq Owed(p)]_vars

(***************************************************************************)
(* A process is to deliver behind the hole what another sent that never    *)
(* acknowledged as it did, so that nobody could install that proposal.     *)
(***************************************************************************)
NeverInVain ==
    [][\A p, q \in E!Stuck :
          Recommits(p) /\ leaving[q].to = leaving[p].to /\ q \in Owed(p) =>
              p \in leaving[q].obliged]_vars

(***************************************************************************)
(* A process is in a configuration with another, then without it, then     *)
(* with it again, neither having failed.                                   *)
(***************************************************************************)
NeverReturns ==
    \A p, q \in Process :
        ~ /\ S!Failures(history, p) = {} /\ S!Failures(history, q) = {}
          /\ \E i, j, k \in S!Changes(history, p) :
                /\ i < j /\ j < k
                /\ q \in Event(p, i).conf.members
                /\ q \notin Event(p, j).conf.members
                /\ q \in Event(p, k).conf.members
                /\ \E l \in S!Changes(history, q) :
                      Event(q, l).conf = Event(p, k).conf

(***************************************************************************)
(* A process fails in a transitional configuration; a process fails,       *)
(* recovers, and sends.                                                    *)
(***************************************************************************)
NeverFailsHalfway ==
    \A p \in Process : \A i \in S!Failures(history, p) :
        S!IsRegular(Event(p, i).conf)

NeverSendsAgain ==
    \A p \in Process : \A i \in S!Failures(history, p) :
        \A j \in S!Sends(history, p) : j < i

(***************************************************************************)
(* Who remains repairs: a process is leaving, and the only change there    *)
(* was is that another crashed.                                            *)
(***************************************************************************)
NeverRepairs ==
    \A p \in Process :
        conf[p] = None /\ changes = 1 => E!Leaving = {}

(***************************************************************************)
(* A member of a configuration that others have installed never committed  *)
(* to it.                                                                  *)
(***************************************************************************)
NeverLeftBehind ==
    \A p \in E!Staying : \A q \in conf[p].members \cap E!Up :
        conf[q].number < conf[p].number =>
            q \in E!Leaving /\ leaving[q].to = conf[p]

(***************************************************************************)
(* A process sends in a configuration that another has still to install,   *)
(* so precedence is not real time.                                         *)
(***************************************************************************)
NeverAhead ==
    \A p \in E!Staying : \A q \in E!Leaving :
        leaving[q].to = conf[p] => log[conf[p]].order = <<>>

(***************************************************************************)
(* Two configurations have one number.                                     *)
(***************************************************************************)
NeverOneNumber ==
    \A p, q \in E!Up :
        conf[p].number = conf[q].number /\ conf[p].number > 0 =>
            conf[p] = conf[q]

(***************************************************************************)
(* A message comes into the order before one that was sent earlier.        *)
(***************************************************************************)
NeverOvertakes ==
    [][\A c \in DOMAIN log \cap DOMAIN log' :
          Len(log'[c].order) > Len(log[c].order) =>
              SubSeq(log'[c].order, 1, Len(log[c].order)) = log[c].order]_vars

-----------------------------------------------------------------------------
(***************************************************************************)
(* 7.1 by the letter: who delivers in another transitional configuration   *)
(* does not count.                                                         *)
(***************************************************************************)
Literal_7_1 ==
    \A p \in Process : \A i \in S!SafeDeliveries(history, p) :
        LET c == Event(p, i).conf
            r == S!Reg(c)
        IN  \A q \in c.members :
                \/ S!FailsIn(history, q, r) # {}
                \/ S!Leaves(history, q, r) = {}
                \/ \E j \in S!DeliversIn(history, q, Event(p, i).message, r) :
                      S!IsRegular(c) \/ Event(q, j).conf \in {r, c}
=============================================================================
