--------------------------- MODULE MCWackamoleEVS ---------------------------
(***************************************************************************)
(* Wackamole over EVS through the filter.  The algorithm is that of        *)
(* Wackamole.tla, action by action.  Its environment is not                *)
(* VirtualSynchrony: epoch, net and inbox are what the filter's state      *)
(* comes to, and a step of a server is FilterStep, one of the filter.      *)
(*                                                                         *)
(* It would not do to conjoin the two: a step that VirtualSynchrony does   *)
(* not allow would be no step, and nobody would notice.                    *)
(***************************************************************************)
EXTENDS Integers, Sequences, FiniteSets

CONSTANTS
    Server, Number, NoView, None, Order,
    Groups, Prefers,
    MaxChanges      \* how often a configuration is formed, or a process
                    \* crashes, loses the service or recovers, less repairs

VARIABLES
    number, conf, place, leaving, log,  \* the service
    notices, pending,                   \* the filter
    changes,                            \* how many changes there were
    state, mature, view, current_table, old_table, received, prefs,
    handover, held                      \* the servers

evsVars == <<number, conf, place, leaving, log>>
filterVars == <<notices, pending>>
serverVars == <<state, mature, view, current_table, old_table, received,
                prefs, handover, held>>
vars == <<evsVars, filterVars, changes, serverVars>>

F == INSTANCE Filter WITH Process <- Server, None <- NoView

-----------------------------------------------------------------------------
(***************************************************************************)
(* What the filter's state is to the servers.  The view that is installed  *)
(* for s is the one that s is on the way to, as far as can be known.       *)
(***************************************************************************)
Max(S) == CHOOSE n \in S : \A m \in S : m =< n

Goes(s) == s \in F!E!Leaving \ F!E!Stuck

Net ==
    [s \in Server |->
        IF conf[s] = NoView THEN NoView
        ELSE F!View(IF Goes(s) THEN leaving[s].to ELSE conf[s])]

Ahead == [s \in Server |-> F!Ahead(s, Goes(s))]

W == INSTANCE MCWackamole WITH
        Epoch <- Number, MaxEpoch <- MaxChanges,
        epoch <- Max({number[s] : s \in Server}), net <- Net, inbox <- Ahead

(***************************************************************************)
(* For Step of VirtualSynchrony: the servers of R, one or none, are handed *)
(* what is next, and the messages ms are said.                             *)
(***************************************************************************)
FilterStep(R, i, ms) ==
    IF R = {} THEN F!Say(Head(ms).sender, ms)
    ELSE \E s \in R : F!Take(s, ms)

(***************************************************************************)
(* The components whose view is whole: each member has it installed.  The  *)
(* system still has to notice what is wrong with the others.               *)
(***************************************************************************)
Whole ==
    {C \in {W!VS!Component(s) : s \in W!VS!Connected} :
        \A s \in C : W!VS!Members(Net[s]) = C}

(***************************************************************************)
(* For Components of VirtualSynchrony: whose view is whole, and where      *)
(* nothing waits to be sent, since the properties of Wackamole look for    *)
(* what is under way in inboxes alone.                                     *)
(***************************************************************************)
Judged == {C \in Whole : \A s \in C : pending[s] = <<>>}
AnyComponents == {W!VS!Component(s) : s \in W!VS!Connected}

(***************************************************************************)
(* For Safe of EVS: all messages are of agreed service.                    *)
(***************************************************************************)
NoneSafe(m) == FALSE

-----------------------------------------------------------------------------
MayDelay == TRUE

Init ==
    /\ F!Init
    /\ changes = 0
    /\ state = [s \in Server |-> "DISCONNECTED"]
    /\ mature = [s \in Server |-> FALSE]
    /\ view = [s \in Server |-> NoView]
    /\ current_table = [s \in Server |-> W!Nobody]
    /\ old_table = [s \in Server |-> W!Nobody]
    /\ received = [s \in Server |-> {}]
    /\ prefs = [s \in Server |-> W!Unknown]
    /\ handover = [s \in Server |-> W!Nobody]
    /\ held = [s \in Server |-> {}]

(***************************************************************************)
(* The servers.                                                            *)
(***************************************************************************)
ByServers == MayDelay /\ UNCHANGED changes

ViewChange(s) == ByServers /\ W!ViewChange({s})
ReceiveStateMsg(s) == ByServers /\ W!ReceiveStateMsg({s})
ReceiveBalanceMsg(s) == ByServers /\ W!ReceiveBalanceMsg({s})
ReceiveReleasedMsg(s) == ByServers /\ W!ReceiveReleasedMsg({s})
DiscardStateMsg(s) == ByServers /\ W!DiscardStateMsg({s})
DiscardBalanceMsg(s) == ByServers /\ W!DiscardBalanceMsg({s})
DiscardReleasedMsg(s) == ByServers /\ W!DiscardReleasedMsg({s})
Disconnect(s) == ByServers /\ W!Disconnect({s})
MatureTimeout(s) == ByServers /\ W!MatureTimeout(s)
Balance(s) == ByServers /\ W!Balance(s)

(***************************************************************************)
(* The filter and the service.                                             *)
(***************************************************************************)
Send(s) == F!Send(s) /\ UNCHANGED <<changes, serverVars>>
Mask(s) == ByServers /\ F!Mask(s) /\ UNCHANGED serverVars
Repair(s) == ByServers /\ F!Repair(s) /\ UNCHANGED serverVars

Changed == MayDelay /\ changes < MaxChanges /\ changes' = changes + 1

Form(G) == Changed /\ F!Form(G) /\ UNCHANGED serverVars
Lose(s) == Changed /\ F!Lose(s) /\ UNCHANGED serverVars
Recover(s) == Changed /\ F!Recover(s) /\ UNCHANGED serverVars
Crash(s) ==
    /\ Changed
    /\ F!Crash(s)
    /\ W!Reset({s})
    /\ mature' = [mature EXCEPT ![s] = FALSE]

Next ==
    \/ \E s \in Server : ViewChange(s)
    \/ \E s \in Server : ReceiveStateMsg(s)
    \/ \E s \in Server : ReceiveBalanceMsg(s)
    \/ \E s \in Server : ReceiveReleasedMsg(s)
    \/ \E s \in Server : DiscardStateMsg(s)
    \/ \E s \in Server : DiscardBalanceMsg(s)
    \/ \E s \in Server : DiscardReleasedMsg(s)
    \/ \E s \in Server : Disconnect(s)
    \/ \E s \in Server : MatureTimeout(s)
    \/ \E s \in Server : Balance(s)
    \/ \E s \in Server : Send(s)
    \/ \E s \in Server : Mask(s)
    \/ \E s \in Server : Repair(s)
    \/ \E G \in SUBSET Server : Form(G)
    \/ \E s \in Server : Lose(s)
    \/ \E s \in Server : Recover(s)
    \/ \E s \in Server : Crash(s)

Spec == Init /\ [][Next]_vars

-----------------------------------------------------------------------------
(***************************************************************************)
(* What Wackamole promises.                                                *)
(***************************************************************************)
Correctness == W!Correctness
AtMostOnce == W!AtMostOnce
ImmatureCoversNothing == W!ImmatureCoversNothing
DisconnectedCoversNothing == W!DisconnectedCoversNothing
ClaimsWhatItHolds == W!ClaimsWhatItHolds
TablesAgree == W!TablesAgree
NothingAcquiredInGather == W!NothingAcquiredInGather
ReallocationTakesHoles == W!ReallocationTakesHoles
ReleasedBeforeAcquired == W!ReleasedBeforeAcquired

(***************************************************************************)
(* What a server reads is what the filter hands it, where it hands it      *)
(* anything: the two are said apart.                                       *)
(***************************************************************************)
Hands(s) ==
    CASE notices[s] # <<>>           -> Head(notices[s])
      [] place[s] < F!E!Until(s)     -> F!E!Coming(s)
      [] OTHER                       -> F!ViewNotice(s, leaving[s].to)

MayHand(s) ==
    \/ notices[s] # <<>>
    \/ s \in F!E!Up /\ place[s] < F!E!Until(s)
    \/ s \in F!E!Leaving /\ leaving[s].moved

ReadsWhatIsHanded ==
    \A s \in Server :
        MayHand(s) => Ahead[s] # <<>> /\ Head(Ahead[s]) = Hands(s)

-----------------------------------------------------------------------------
(***************************************************************************)
(* Bounds and coarsenings; MCFilter says what each does.                   *)
(***************************************************************************)
Groups1 == W!Groups1
Groups2 == W!Groups2
PrefersNothing == W!PrefersNothing
PrefersSecond == W!PrefersSecond

Names == <<"s1", "s2", "s3">>
MCOrder == SelectSeq(Names, LAMBDA s : s \in Server)
MCNumber == 0..((MaxChanges + 1) * Cardinality(Server))
NextNumber(G) == {1 + Max({number[s] : s \in Server})}
AtEnd(c, p) == {Len(log[c].order) + 1}
Together == {{Server}}
Prompt == \A s \in Server : pending[s] # <<>> => ~F!E!MaySend(s)

(***************************************************************************)
(* For MayExpire of Wackamole: a timer fires when the servers of its       *)
(* component have nothing to take, and nothing is held back.               *)
(***************************************************************************)
Quiet(s) ==
    \A t \in W!VS!Component(s) : Ahead[t] = <<>> /\ pending[t] = <<>>
=============================================================================
