------------------------- MODULE WitnessMembership --------------------------
(***************************************************************************)
(* What the models of Membership reach.  Each definition below says that   *)
(* something telling never happens; a Witness model checks it, must find   *)
(* it violated, and its trace is the way there.                            *)
(***************************************************************************)
EXTENDS MCMembership

Delivers(p) == place'[p] = place[p] + 1
Next(p) == Script(p)[place[p] + 1]

(***************************************************************************)
(* A safe message is delivered in a transitional configuration of two.     *)
(***************************************************************************)
SafeInTransitional ==
    \E p \in Process :
        /\ mode[p] = "transitional"
        /\ Delivers(p)
        /\ Cardinality(TransitionalSet(p)) = 2
        /\ Coming(p).service = "safe"
NoSafeInTransitional == [][~SafeInTransitional]_mcvars

(***************************************************************************)
(* A message behind a hole is delivered.                                   *)
(***************************************************************************)
BehindHole ==
    \E p \in Process : Delivers(p) /\ Next(p) > Prefix(store[p])
NoneBehindHole == [][~BehindHole]_mcvars

(***************************************************************************)
(* A process delivers behind a hole what somebody sent who does not move   *)
(* with it: it is obliged to it by an acknowledgement of before.           *)
(***************************************************************************)
ObligationForces ==
    \E p \in Process :
        /\ mode[p] = "transitional"
        /\ Delivers(p)
        /\ Next(p) > Prefix(store[p])
        /\ Coming(p).sender \notin TransitionalSet(p)
NoObligationForces == [][~ObligationForces]_mcvars

(***************************************************************************)
(* A process gives up a proposal that another installs.                    *)
(***************************************************************************)
Cascade ==
    \E p, q \in Process :
        /\ mode[p] = "gather"
        /\ proposal[q] # None
        /\ p \in acks[proposal[q]]
        /\ mode[q] = "transitional"
NoCascade == ~Cascade

(***************************************************************************)
(* Former peers meet again: one comes back to another that it had left.    *)
(***************************************************************************)
Returns ==
    \E p, q \in Process :
        /\ p # q
        /\ mode[p] = "operational" /\ conf[p] = conf[q]
        /\ mode[q] = "operational"
        /\ conf[p].number = 2 /\ {p, q} = conf[p].members
NeverReturns == ~Returns

(***************************************************************************)
(* A process recovers and joins its former peers.                          *)
(***************************************************************************)
CountsOn ==
    \E p \in Process :
        mode[p] = "down" /\ mode'[p] = "operational" /\ number[p] > 0
NeverCountsOn == [][~CountsOn]_mcvars
=============================================================================
